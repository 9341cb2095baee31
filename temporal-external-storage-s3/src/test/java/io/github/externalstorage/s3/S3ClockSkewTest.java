package io.github.externalstorage.s3;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.SilentServer;
import io.temporal.api.common.v1.Payload;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Shows why clock skew is retryable: the AWS SDK corrects its clock from the error response. */
@Timeout(60)
final class S3ClockSkewTest {

  private static final Pattern SIGNED_AT = Pattern.compile("X-Amz-Date: (\\S+)");
  private static final DateTimeFormatter AMZ_DATE =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmssX");

  private final ZonedDateTime serverTime = ZonedDateTime.now(ZoneOffset.UTC).plusHours(5);
  private final Payload payload = Samples.payload("{}");

  @Test
  void isCorrectedByTheNextRequest() throws Exception {
    try (SilentServer server = new SilentServer(this::response);
        S3AsyncClient client = TestClients.tuned(server.endpoint()).build()) {
      StorageDriver driver =
          S3StorageDriver.newBuilder().setClient(client).setBucket(Samples.BUCKET).build();

      StorageException failure = Samples.failure(store(driver));
      assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
      assertThat(failure.isRetryable()).isTrue();

      assertThat(store(driver).join()).isEqualTo(Samples.claim(payload));
    }
  }

  private CompletableFuture<StorageDriverClaim> store(StorageDriver driver) {
    return driver.store(StorageDriverStoreContext.empty(), payload);
  }

  /** Rejects requests that were not signed within 15 minutes of the server's time, as S3 does. */
  private String response(String request) {
    Matcher signedAt = SIGNED_AT.matcher(request);
    assertThat(signedAt.find()).isTrue();
    Duration skew =
        Duration.between(ZonedDateTime.parse(signedAt.group(1), AMZ_DATE), serverTime).abs();
    String body = "<Error><Code>RequestTimeTooSkewed</Code></Error>";
    return skew.toMinutes() < 15
        ? "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        : "HTTP/1.1 403 Forbidden\r\nDate: %s\r\nContent-Length: %s\r\nConnection: close\r\n\r\n%s"
            .formatted(serverTime.format(RFC_1123_DATE_TIME), body.length(), body);
  }
}
