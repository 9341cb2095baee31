package io.github.externalstorage.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Writes the manual page of the program, from the same texts as {@code --help}. */
final class ManPage {

  private ManPage() {}

  /** Writes it to a file, the only argument. A release does so when it packages the program. */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, render(Main.commandLine(Map.of())));
  }

  static String render(CommandLine program) {
    String name = program.getCommandName();
    StringBuilder page = new StringBuilder();
    page.append(".TH ").append(escape(name)).append(" 1\n");
    page.append(".SH NAME\n").append(escape(name)).append(" \\- ");
    page.append(escape(String.join(" ", program.getCommandSpec().usageMessage().description())));
    page.append("\n.SH SYNOPSIS\n").append(usage(program));
    page.append(".SH COMMANDS\n");
    new TreeMap<>(program.getSubcommands())
        .forEach(
            (command, line) ->
                page.append(".SS ").append(escape(command)).append('\n').append(usage(line)));
    return page.toString();
  }

  /** What {@code --help} prints, as it is printed. */
  private static String usage(CommandLine line) {
    return ".nf\n" + escape(line.setUsageHelpWidth(78).getUsageMessage(Ansi.OFF)) + ".fi\n";
  }

  /** Without anything that the formatter takes for a command or replaces by other characters. */
  private static String escape(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
  }
}
