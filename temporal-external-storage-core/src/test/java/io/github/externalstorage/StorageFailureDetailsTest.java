package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.converter.StorageDataConverter;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Failures carry payloads too. */
class StorageFailureDetailsTest {

  private static final SerializationContext WORKFLOW = new WorkflowSerializationContext("ns", "id");
  private final InMemoryStorageDriver memory =
      InMemoryStorageDriver.newBuilder().setMaxPayloadSize(1000).build();

  @Test
  void detailsAreStoredAndResolved() {
    DataConverter converter = converter(memory).withContext(WORKFLOW);

    Failure failure = converter.exceptionToFailure(failure(200));

    assertThat(memory.getObjects()).hasSize(1);
    assertThat(converter.failureToException(failure))
        .isInstanceOfSatisfying(
            ApplicationFailure.class,
            e -> assertThat(e.getDetails().get(String.class)).isEqualTo("d".repeat(200)));
  }

  @Test
  void detailsThatAreTooLargeMakeANonRetryableFailure() {
    Failure failure = converter(memory).withContext(WORKFLOW).exceptionToFailure(failure(1000));

    assertThat(failure.getMessage()).contains("1000 bytes").contains("what happened");
    assertThat(failure.getApplicationFailureInfo().getNonRetryable()).isTrue();
    assertThat(failure.getApplicationFailureInfo().getType()).isEqualTo("PayloadTooLarge");
    assertThat(memory.getObjects()).isEmpty();
  }

  @Test
  void activityReportsThatItsDetailsWereNotStored() {
    Failure failure =
        converter(denying()).withContext(activity(false)).exceptionToFailure(failure(200));

    assertThat(failure.getMessage()).isEqualTo("No");
    assertThat(failure.getApplicationFailureInfo().getNonRetryable()).isFalse();
  }

  @Test
  void othersAreRetriedByTheSdk() {
    for (SerializationContext context : List.of(WORKFLOW, activity(true))) {
      DataConverter converter = converter(denying()).withContext(context);

      assertThatThrownBy(() -> converter.exceptionToFailure(failure(200)))
          .isInstanceOf(StorageException.class);
    }
  }

  private static ApplicationFailure failure(int size) {
    return ApplicationFailure.newFailure("what happened", "Type", "d".repeat(size));
  }

  private static SerializationContext activity(boolean local) {
    return new ActivitySerializationContext("ns", "id", "Workflow", "activity", "queue", local);
  }

  private static DataConverter converter(StorageDriver driver) {
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(200).build();
    return StorageDataConverter.wrap(
        DefaultDataConverter.STANDARD_INSTANCE,
        storage.pipeline(),
        ExternalStorageCodec.newBuilder(storage).settings());
  }

  private static StorageDriver denying() {
    return new StubStorageDriver("denying") {
      @Override
      public CompletableFuture<StorageDriverClaim> store(
          StorageDriverStoreContext context, Payload payload) {
        return CompletableFuture.failedFuture(new StorageException(Reason.ACCESS_DENIED, "No"));
      }
    };
  }
}
