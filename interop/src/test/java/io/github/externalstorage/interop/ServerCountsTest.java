package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Temporal's server counts externally stored payloads of all SDKs. */
@InteropTest
final class ServerCountsTest {

  @ParameterizedTest(name = "what {0} wrote")
  @EnumSource
  void countsWhatIsStored(Sdk worker, ProcessedBatches batches) throws Exception {
    ProcessedBatch batch = batches.by(worker);

    assertThat(batch.orders())
        .hasSize(2)
        .allSatisfy(
            orders ->
                assertThat(orders.written().getExternalPayloadsList())
                    .extracting(ExternalPayloadDetails::getSizeBytes)
                    .containsExactly(orders.size()));
    assertThat(batch.described().getExternalPayloadCount()).isEqualTo(2);
    assertThat(batch.described().getExternalPayloadSizeBytes()).isEqualTo(batch.storedSize());
  }
}
