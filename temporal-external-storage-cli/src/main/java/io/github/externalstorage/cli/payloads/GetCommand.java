package io.github.externalstorage.cli.payloads;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.operator.OperatorCommand;
import io.github.externalstorage.cli.operator.OperatorConfig;
import io.github.externalstorage.lifecycle.history.EventPayloads;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Prints one payload. */
@Command(
    name = "get",
    description =
        "Prints one payload of a workflow's history, stored or inline, decoded: its data as it is,"
            + " such as JSON.",
    exitCodeList = {"0:The payload is printed.", "2:It could not be read."})
public final class GetCommand extends OperatorCommand {

  @Mixin private OneNamespace namespace = new OneNamespace();

  @Option(
      names = {"-w", "--workflow-id"},
      paramLabel = "ID",
      required = true,
      description = "The workflow's id.")
  private String workflowId = "";

  @Option(
      names = {"-r", "--run-id"},
      paramLabel = "ID",
      description = "The run's id. Default: the latest run.")
  private String runId = "";

  @Option(
      names = "--event",
      paramLabel = "N",
      required = true,
      description = "The event's id, as 'temporal workflow show' prints it.")
  private long eventId;

  @Option(
      names = "--field",
      paramLabel = "PATH",
      description =
          "Which payload of the event, such as input.payloads[0], or the beginning of it, such as"
              + " input. Needed if the event has several.")
  private String field = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Write to this file. Default: standard output.")
  private @Nullable Path output;

  public GetCommand(Map<String, String> environment, Streams streams) {
    super(environment, streams);
  }

  @Override
  protected int run(OperatorConfig config) throws ConfigException, IOException {
    Payload payload =
        new EventPayloads(config.service(), namespace.in(config))
            .get(workflowId, runId, eventId, field);
    if (output == null) {
      payload.getData().writeTo(out());
      requireWritten();
    } else {
      try (OutputStream file = Files.newOutputStream(output)) {
        payload.getData().writeTo(file);
      }
    }
    err()
        .printf(
            "%n%s, %,d bytes%n",
            payload.getMetadataMap().containsKey("encoding")
                ? payload.getMetadataOrThrow("encoding").toString(UTF_8)
                : "no encoding",
            payload.getData().size());
    return FINE;
  }
}
