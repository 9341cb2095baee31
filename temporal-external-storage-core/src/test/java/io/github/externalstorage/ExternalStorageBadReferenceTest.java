package io.github.externalstorage;

import static io.github.externalstorage.ManualStorageDriver.claim;
import static io.github.externalstorage.StorageFailures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** References that can't be resolved. */
class ExternalStorageBadReferenceTest {

  private static final Payload REFERENCE = TestPayloads.reference("manual", claim("k"));

  private final ManualStorageDriver driver = new ManualStorageDriver("manual");
  private final ExternalStorage storage = ExternalStorage.newBuilder().setDriver(driver).build();

  @Test
  void unknownDriverIsAnErrorThatNamesTheRemedy() {
    StorageReference reference = new StorageReference("elsewhere", claim("k"), 0);

    assertThat(failureOf(retrieve(reference.toPayload()), Reason.MISCONFIGURED))
        .hasMessageContaining("'elsewhere'")
        .hasMessageContaining("[manual]")
        .hasMessageContaining("read-only")
        .hasMessageContaining("former name");
    assertThat(
            catchThrowableOfType(StorageException.class, () -> storage.resolve(reference))
                .getReason())
        .isEqualTo(Reason.MISCONFIGURED);
  }

  @Test
  void unknownDriverNameIsPrintedOnOneLine() {
    String forged = "x\n2026-01-01 ERROR forged \u001B[31m" + "y".repeat(10_000);
    StorageReference reference = new StorageReference(forged, claim("k"), 0);

    assertThat(failureOf(retrieve(reference.toPayload()), Reason.MISCONFIGURED).getMessage())
        .contains("'x?2026-01-01 ERROR forged ?[31myyy")
        .hasSizeLessThan(500);
  }

  @Test
  void oneBadReferenceKeepsEveryDriverFromBeingCalled() {
    Payload malformed = REFERENCE.toBuilder().setData(ByteString.copyFromUtf8("sesame")).build();

    assertThat(failureOf(retrieve(REFERENCE, malformed), Reason.INVALID_CLAIM))
        .hasMessageNotContaining("sesame");
    assertThat(driver.calls()).isZero();
  }

  @Test
  void claimsAreValidatedBeforeTheDriverIsCalled() {
    StorageDriver confined =
        new StubStorageDriver("confined") {
          @Override
          public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
            if (claim.equals(claim("outside"))) {
              throw new StorageException(Reason.INVALID_CLAIM, "Outside of what is configured");
            }
            return claim;
          }
        };
    ExternalStorage confining = ExternalStorage.newBuilder().setDriver(confined).build();

    failureOf(
        confining.retrieve(
            StorageDriverRetrieveContext.empty(),
            List.of(
                TestPayloads.reference("confined", claim("inside")),
                TestPayloads.reference("confined", claim("outside")))),
        Reason.INVALID_CLAIM);
    assertThat(
            catchThrowableOfType(
                    StorageException.class,
                    () -> confining.resolve(new StorageReference("confined", claim("outside"), 0)))
                .getReason())
        .isEqualTo(Reason.INVALID_CLAIM);
  }

  @Test
  void payloadsOfOtherNamespacesAreRejectedBeforeTheDriverIsCalled() {
    CountingStorageDriver counting =
        new CountingStorageDriver(InMemoryStorageDriver.newBuilder().build());
    ExternalStorage writer =
        ExternalStorage.newBuilder().setDriver(counting).setPayloadSizeThreshold(0).build();
    ExternalStorage reader =
        ExternalStorage.newBuilder()
            .setDriver(counting)
            .setReadableNamespaces(List.of("mine"))
            .build();
    Payload mine = storedIn(writer, "mine");
    Payload nobodys = storedIn(writer, null);
    Payload foreign = storedIn(writer, "theirs");

    assertThat(
            failureOf(
                reader.retrieve(StorageDriverRetrieveContext.empty(), List.of(mine, foreign)),
                Reason.INVALID_CLAIM))
        .hasMessageContaining("namespace 'theirs'")
        .hasMessageContaining("setReadableNamespaces");
    assertThat(counting.retrievals()).isZero();
    assertThat(
            catchThrowableOfType(
                    StorageException.class,
                    () -> reader.resolve(StorageReference.parse(foreign).orElseThrow()))
                .getReason())
        .isEqualTo(Reason.INVALID_CLAIM);
    assertThat(reader.retrieve(StorageDriverRetrieveContext.empty(), List.of(mine, nobodys)).join())
        .hasSize(2);
  }

  private static Payload storedIn(ExternalStorage storage, @Nullable String namespace) {
    StorageDriverStoreContext context =
        StorageDriverStoreContext.of(new StorageDriverWorkflowInfo(namespace, "id", null, null));
    return storage.store(context, List.of(TestPayloads.json("1"))).join().get(0);
  }

  @Test
  void markedReferencesMustBeDecodedBefore() {
    Payload marked = TestPayloads.marked(REFERENCE, new GzipPayloadCodec());

    assertThat(failureOf(retrieve(marked), Reason.INVALID_CLAIM))
        .hasMessageContaining("EncodedReference.decode");
  }

  @Test
  void referenceToAReferenceIsRejected() throws InterruptedException {
    Payload marked = TestPayloads.marked(REFERENCE, new GzipPayloadCodec());
    for (Payload planted : List.of(REFERENCE, marked)) {
      CompletableFuture<List<Payload>> retrieved = retrieve(REFERENCE);
      driver.nextRetrieval().result().complete(planted);

      assertThat(failureOf(retrieved, Reason.CORRUPTED)).hasMessageContaining("'manual'");
    }
  }

  private CompletableFuture<List<Payload>> retrieve(Payload... payloads) {
    return storage.retrieve(StorageDriverRetrieveContext.empty(), List.of(payloads));
  }
}
