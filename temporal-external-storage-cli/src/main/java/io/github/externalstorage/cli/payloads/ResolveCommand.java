package io.github.externalstorage.cli.payloads;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.operator.OperatorCommand;
import io.github.externalstorage.cli.operator.OperatorConfig;
import io.github.externalstorage.lifecycle.history.HistoryResolver;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Makes a downloaded history self-contained. */
@Command(
    name = "resolve",
    description = {
      "Makes a downloaded history self-contained: reads one, as 'temporal workflow show -o json'"
          + " writes it, from standard input, and writes it with its stored payloads to standard"
          + " output. It can then be replayed without the storage."
    },
    exitCodeList = {"0:The history is complete.", "2:It could not be resolved."})
public final class ResolveCommand extends OperatorCommand {

  @Mixin private OneNamespace namespace = new OneNamespace();

  @Option(
      names = "--decode",
      description =
          "Also decode payloads with the codecs of the data converter, so that people can read them.")
  private boolean decode;

  public ResolveCommand(Map<String, String> environment, Streams streams) {
    super(environment, streams);
  }

  @Override
  protected int run(OperatorConfig config) throws ConfigException, IOException {
    HistoryResolver resolver =
        HistoryResolver.newBuilder(namespace.in(config)).setDecode(decode).build();
    OutputStream output = new BufferedOutputStream(out(), 1 << 16);
    int references = resolver.resolve(in(), output);
    output.write('\n');
    output.flush();
    requireWritten();
    err().printf("Replaced %,d references%n", references);
    return FINE;
  }
}
