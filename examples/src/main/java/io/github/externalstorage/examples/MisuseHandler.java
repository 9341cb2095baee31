package io.github.externalstorage.examples;

import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one line what is wrong with the arguments. */
final class MisuseHandler implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException misuse, String[] args) {
    misuse.getCommandLine().getErr().println(message(misuse) + " (--help tells what there is)");
    return ExitCode.USAGE;
  }

  private static String message(ParameterException misuse) {
    if (!(misuse instanceof UnmatchedArgumentException unmatched)) {
      return String.valueOf(misuse.getMessage());
    }
    boolean lacksCommand = !misuse.getCommandLine().getSubcommands().isEmpty();
    String what = unmatched.isUnknownOption() ? "option" : lacksCommand ? "command" : "argument";
    return "Unknown %s: '%s'".formatted(what, unmatched.getUnmatched().get(0));
  }
}
