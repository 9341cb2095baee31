package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The buckets that payloads are stored in, and those that claims may name. */
final class S3BucketsTest {

  private final Payload payload = Samples.payload("{}");

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  @AutoClose private final S3AsyncClient client = TestClients.tuned(server.endpoint()).build();

  @Test
  void areSelectedByPayloadAndContext() {
    S3BucketSelector selector =
        (context, it) -> {
          String type = context.getTarget().map(StorageDriverTargetInfo::type).orElse("none");
          return type + "-" + (it.getSerializedSize() < 100 ? "small" : "large");
        };
    S3StorageDriver driver =
        newDriver()
            .setBucketSelector(selector, List.of("fetch-small", "fetch-large", "none-small"))
            .build();
    StorageDriverStoreContext activity =
        StorageDriverStoreContext.of(new StorageDriverActivityInfo("ns", "id", "run", "fetch"));

    List<StorageDriverClaim> claims =
        List.of(
            driver.store(activity, payload).join(),
            driver.store(activity, Samples.payload(1000)).join());
    driver.store(StorageDriverStoreContext.empty(), payload).join();

    assertThat(claims)
        .extracting(it -> it.getClaimData().get("bucket"))
        .containsExactly("fetch-small", "fetch-large");
    assertThat(server.requests())
        .extracting(S3BucketsTest::bucket)
        .containsExactlyInAnyOrder("fetch-small", "fetch-large", "none-small");
  }

  @Test
  void areNeverOnesThatCouldNotBeReadFrom() {
    S3StorageDriver driver =
        newDriver().setBucketSelector((context, it) -> "other", List.of("mine")).build();

    StorageException failure =
        Samples.failure(driver.store(StorageDriverStoreContext.empty(), payload));

    assertThat(failure.getReason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(failure)
        .hasMessage(
            "The bucket selector returned the bucket 'other', which is not one of the buckets"
                + " configured with it: [mine]");
    assertThat(server.requests()).isEmpty();
  }

  @Test
  void mayBeReadOnly() {
    S3StorageDriver driver =
        newDriver().setBucket("new").setReadOnlyBuckets(List.of(Samples.BUCKET)).build();
    server.respondWith(payload);

    assertThat(retrieve(driver)).isEqualTo(payload);
    assertThat(bucket(server.requests().get(0))).isEqualTo(Samples.BUCKET);
  }

  @Test
  void mayHaveMoved() {
    S3StorageDriver driver =
        newDriver()
            .setBucket("present")
            .setBucketAliases(Map.of(Samples.BUCKET, "present"))
            .build();
    server.respondWith(payload);

    assertThat(retrieve(driver)).isEqualTo(payload);
    assertThat(bucket(server.requests().get(0))).isEqualTo("present");
  }

  @Test
  void unconfiguredBucketsAreRejected() {
    S3StorageDriver driver = newDriver().setBucket("mine").build();

    StorageException failure =
        Samples.failure(
            driver.retrieve(StorageDriverRetrieveContext.empty(), Samples.claim(payload)));

    assertThat(failure.getReason()).isEqualTo(Reason.INVALID_CLAIM);
    assertThat(failure)
        .hasMessageContaining("the driver is not configured for the bucket 'temporal-payloads'");
    assertThat(server.requests()).isEmpty();
  }

  private S3StorageDriver.Builder newDriver() {
    return S3StorageDriver.newBuilder().setClient(client);
  }

  private Payload retrieve(S3StorageDriver driver) {
    return driver.retrieve(StorageDriverRetrieveContext.empty(), Samples.claim(payload)).join();
  }

  private static String bucket(HttpExchange request) {
    return Splitter.on('/').splitToList(request.getRequestURI().getPath()).get(1);
  }
}
