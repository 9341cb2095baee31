package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The classification of S3's error responses. */
final class S3FaultsTest {

  private static final Payload PAYLOAD = Samples.payload("{}");

  @AutoClose private static final ScriptedServer SERVER = new ScriptedServer();

  @AutoClose
  private static final S3AsyncClient CLIENT = TestClients.tuned(SERVER.endpoint()).build();

  private final S3StorageDriver driver =
      S3StorageDriver.newBuilder().setClient(CLIENT).setBucket(Samples.BUCKET).build();

  @ParameterizedTest
  @CsvSource({
    "500, InternalError, UNAVAILABLE, true",
    "502, '', UNAVAILABLE, true",
    "503, ServiceUnavailable, UNAVAILABLE, true",
    "503, SlowDown, UNAVAILABLE, true",
    "504, '', UNAVAILABLE, true",
    "429, '', UNAVAILABLE, true",
    "400, RequestTimeout, UNAVAILABLE, true",
    "408, '', UNAVAILABLE, true",
    "409, OperationAborted, UNAVAILABLE, true",
    "409, ConditionalRequestConflict, UNAVAILABLE, true",
    "400, ThrottlingException, UNAVAILABLE, true",
    "400, BadDigest, UNAVAILABLE, true",
    "400, IncompleteBody, UNAVAILABLE, true",
    "400, XAmzContentSHA256Mismatch, UNAVAILABLE, true",
    "499, ClientDisconnected, UNAVAILABLE, true",
    "499, '', UNAVAILABLE, true",
    "507, '', UNAVAILABLE, false",
    "403, InvalidObjectState, UNAVAILABLE, false",
    "404, NoSuchKey, NOT_FOUND, true",
    "404, NoSuchBucket, MISCONFIGURED, false",
    "404, NoSuchAccessPoint, MISCONFIGURED, false",
    "301, PermanentRedirect, MISCONFIGURED, false",
    "307, TemporaryRedirect, MISCONFIGURED, false",
    "400, AuthorizationHeaderMalformed, MISCONFIGURED, false",
    "403, RequestTimeTooSkewed, MISCONFIGURED, true",
    "400, InvalidArgument, MISCONFIGURED, false",
    "400, KeyTooLongError, MISCONFIGURED, false",
    "405, MethodNotAllowed, MISCONFIGURED, false",
    "412, PreconditionFailed, MISCONFIGURED, false",
    "501, NotImplemented, MISCONFIGURED, false",
    "403, AccessDenied, ACCESS_DENIED, false",
    "403, '', ACCESS_DENIED, false",
    "401, '', ACCESS_DENIED, false",
    "403, InvalidAccessKeyId, ACCESS_DENIED, false",
    "403, SignatureDoesNotMatch, ACCESS_DENIED, false",
    "400, ExpiredToken, ACCESS_DENIED, true",
    "400, KMS.DisabledException, ACCESS_DENIED, false",
    "400, EntityTooLarge, TOO_LARGE, false",
    "413, '', TOO_LARGE, false",
  })
  void areOfOneReason(int status, String code, Reason reason, boolean retryable) {
    SERVER.respondWith(status, code);

    for (StorageException failure : List.of(failureToStore(), failureToRetrieve())) {
      assertThat(failure.getReason()).as("reason of %s", failure).isEqualTo(reason);
      assertThat(failure.isRetryable()).as("retry after %s", failure).isEqualTo(retryable);
      assertThat(failure)
          .hasMessageContaining(
              "status=" + status + (code.isEmpty() ? "" : ", code='" + code + "'") + ", requestId");
    }
  }

  /** Without an error code, as some S3-compatible servers and proxies respond. */
  @ParameterizedTest
  @CsvSource({"''", "NotFound"})
  void onlyAnObjectCanBeMissingWhenRetrieving(String code) {
    SERVER.respondWith(404, code);

    assertThat(failureToRetrieve().getReason()).isEqualTo(Reason.NOT_FOUND);
    assertThat(failureToStore().getReason()).isEqualTo(Reason.MISCONFIGURED);
  }

  private StorageException failureToStore() {
    return Samples.failure(driver.store(StorageDriverStoreContext.empty(), PAYLOAD));
  }

  private StorageException failureToRetrieve() {
    return Samples.failure(
        driver.retrieve(StorageDriverRetrieveContext.empty(), Samples.claim(PAYLOAD)));
  }
}
