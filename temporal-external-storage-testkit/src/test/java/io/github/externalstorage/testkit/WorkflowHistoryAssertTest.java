package io.github.externalstorage.testkit;

import static io.github.externalstorage.testkit.WorkflowHistoryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.WorkflowExecutionHistory;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WorkflowHistoryAssertTest {

  private static final Payload INLINE = SamplePayloads.ofSerializedSize(100_000);
  private static final Payload STORED =
      new StorageReference("archive", new StorageDriverClaim(Map.of("key", "k")), 3_000_000)
          .toPayload();

  private final WorkflowExecutionHistory history = Histories.withInput(INLINE, STORED, INLINE);

  @Test
  void passesWhatHolds() {
    assertThat(history)
        .offloadedAtLeast(1)
        .hasReferencesFrom("archive")
        .hasInlinePayloadsUnder(100_001)
        .hasNoPayloadOver(200_000 + STORED.getSerializedSize())
        .hasNoPayloadOverServerLimit();
  }

  @Test
  void listsAllPayloadsWhenTooFewAreStored() {
    assertFails(
        () -> assertThat(history).offloadedAtLeast(2),
        """
        Expected at least 2 stored payloads, but there are 1:
          event 1 WorkflowExecutionStarted input.payloads[0]: 100000 bytes inline
          event 1 WorkflowExecutionStarted input.payloads[1]: 3000000 bytes stored by 'archive'
          event 1 WorkflowExecutionStarted input.payloads[2]: 100000 bytes inline""");
  }

  @Test
  void namesTheDriverThatIsMissing() {
    assertFails(
        () -> assertThat(Histories.withInput(STORED)).hasReferencesFrom("aws.s3driver"),
        """
        Expected a payload stored by 'aws.s3driver', but there is none:
          event 1 WorkflowExecutionStarted input.payloads[0]: 3000000 bytes stored by 'archive'""");
  }

  @Test
  void namesThePayloadsThatShouldHaveBeenStored() {
    assertFails(
        () -> assertThat(history).hasInlinePayloadsUnder(100_000),
        """
        Expected all inline payloads to be under 100000 bytes, but these are not:
          event 1 WorkflowExecutionStarted input.payloads[0]: 100000 bytes inline
          event 1 WorkflowExecutionStarted input.payloads[2]: 100000 bytes inline""");
  }

  @Test
  void addsUpWhatTheServerMeasuresAsOne() {
    Payload half = SamplePayloads.ofSerializedSize(WorkflowHistoryAssert.SERVER_LIMIT / 2);
    assertThat(Histories.withInput(half, half)).hasNoPayloadOverServerLimit();
    assertFails(
        () -> assertThat(Histories.withInput(half, half, half)).hasNoPayloadOverServerLimit(),
        """
        Expected no payloads over 2097152 bytes in the history, but there are:
          event 1 WorkflowExecutionStarted input.payloads: 3145728 bytes""");
  }

  private static void assertFails(ThrowingCallable assertion, String message) {
    assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).withMessage(message);
  }
}
