package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each language's codec server reads what the workers of every language wrote. */
@InteropTest
final class CodecServersTest {

  @ParameterizedTest(name = "what {0} wrote")
  @EnumSource
  void javaReads(Sdk worker, Stage stage, ProcessedBatches batches) throws Exception {
    String url = stage.javaCodecServer().url();

    assertThatAllIsRead(new CodecClient(url), batches.by(worker));
  }

  @ParameterizedTest(name = "what {0} wrote")
  @EnumSource
  void pythonReads(Sdk worker, Stage stage, ProcessedBatches batches) throws Exception {
    String url = stage.python("codec_server.py").line();

    assertThatAllIsRead(new CodecClient(url), batches.by(worker));
  }

  private static void assertThatAllIsRead(CodecClient server, ProcessedBatch batch)
      throws Exception {
    assertThat(batch.payloads()).hasSize(6);
    assertThat(batch.orders()).hasSize(2);
    assertThat(server.decodeInPlace(batch.all(RecordedPayload::written)))
        .isEqualTo(batch.all(RecordedPayload::decodedInPlace));
    assertThat(server.decode(batch.all(RecordedPayload::written)))
        .isEqualTo(batch.all(RecordedPayload::decoded));
    for (RecordedPayload orders : batch.orders()) {
      assertThat(server.download(List.of(orders.written()))).containsExactly(orders.decoded());
    }
  }
}
