package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.History;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Temporal's CLI with our codec server. */
@InteropTest
final class CommandLineTest {

  @ParameterizedTest(name = "what {0} wrote")
  @EnumSource
  void showsWhatIsStored(Sdk worker, Stage stage, ProcessedBatches batches) throws Exception {
    ProcessedBatch batch = batches.by(worker);

    String shown = show(stage, batch, "--output=json");

    assertThat(payloads(shown)).isEqualTo(batch.all(RecordedPayload::decoded));
  }

  @ParameterizedTest(name = "what {0} wrote")
  @EnumSource
  void leavesWhatIsStored(Sdk worker, Stage stage, ProcessedBatches batches) throws Exception {
    ProcessedBatch batch = batches.by(worker);

    String shown =
        show(stage, batch, "--output=json", "--codec-header=X-Preserve-Storage-Refs=true");

    assertThat(payloads(shown)).isEqualTo(batch.all(RecordedPayload::decodedInPlace));
  }

  @Test
  void showsResult(Stage stage, ProcessedBatches batches) throws Exception {
    ProcessedBatch batch = batches.by(Sdk.PYTHON);

    String shown = show(stage, batch);

    assertThat(shown)
        .containsPattern("Result +\\Q" + batch.result().decoded().getData().toStringUtf8() + "\\E")
        .containsPattern("ResultEncoding +json/plain");
  }

  private static String show(Stage stage, ProcessedBatch batch, String... options)
      throws Exception {
    Stream<String> arguments =
        Stream.of(
            "workflow",
            "show",
            "--namespace=" + Servers.NAMESPACE,
            "--workflow-id=" + batch.execution().getWorkflowId(),
            "--codec-endpoint=" + stage.javaCodecServer().url());
    return stage
        .temporal(Stream.concat(arguments, Stream.of(options)).toArray(String[]::new))
        .outcome();
  }

  private static List<Payload> payloads(String json) throws Exception {
    History.Builder history = History.newBuilder();
    JsonFormat.parser().merge(json, history);
    return history.getEventsList().stream().flatMap(RecordedPayload::payloads).toList();
  }
}
