package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** References to one object are treated as one, in whichever way each spells the hash. */
@ParameterizedClass(name = "standardClaimsOnly={0}")
@ValueSource(booleans = {false, true})
@Timeout(120)
final class ClaimSpellingsTest {

  private static final Payload PAYLOAD = Samples.payload(1000);

  @AutoClose private final ScriptedServer server = new ScriptedServer();
  @AutoClose private final S3AsyncClient client = TestClients.tuned(server.endpoint()).build();

  private final ExternalStorage storage;

  ClaimSpellingsTest(boolean standardClaimsOnly) {
    storage =
        ExternalStorage.newBuilder()
            .setPayloadSizeThreshold(0)
            .setReadableNamespaces(List.of("mine"))
            .setDriver(
                S3StorageDriver.newBuilder()
                    .setClient(client)
                    .setBucket(Samples.BUCKET)
                    .setStandardClaimsOnly(standardClaimsOnly)
                    .build())
            .build();
  }

  @ParameterizedTest
  @EnumSource
  void whatWasStoredIsCached(ClaimSpelling spelling) {
    store();

    assertThat(retrieve(spelling).join()).containsExactly(PAYLOAD);
    assertThat(methods()).containsExactly("PUT");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasRetrievedIsCached(ClaimSpelling spelling) {
    server.respondWith(PAYLOAD);

    retrieve(spelling).join();

    assertThat(Stream.of(ClaimSpelling.values()).map(this::retrieve))
        .allSatisfy(other -> assertThat(other.join()).containsExactly(PAYLOAD));
    assertThat(methods()).containsExactly("GET");
  }

  @ParameterizedTest
  @EnumSource
  void whatWasRetrievedYoungIsNotStoredAgain(ClaimSpelling spelling) {
    server.respondWith(
        exchange -> {
          exchange.getResponseHeaders().set("Last-Modified", httpDate(Instant.now()));
          ScriptedServer.send(exchange, PAYLOAD);
        });

    retrieve(spelling).join();
    store();

    assertThat(methods()).containsExactly("GET");
  }

  @ParameterizedTest
  @EnumSource
  void retrievingAtTheSameTimeIsOneRequest(ClaimSpelling spelling) {
    CountDownLatch allAsked = new CountDownLatch(1);
    server.respondWith(
        exchange -> {
          Uninterruptibles.awaitUninterruptibly(allAsked);
          ScriptedServer.send(exchange, PAYLOAD);
        });

    CompletableFuture<List<Payload>> first = retrieve(spelling);
    List<CompletableFuture<List<Payload>>> others =
        Stream.of(ClaimSpelling.values()).map(this::retrieve).toList();
    allAsked.countDown();

    assertThat(first.join()).containsExactly(PAYLOAD);
    assertThat(others).allSatisfy(it -> assertThat(it.join()).containsExactly(PAYLOAD));
    assertThat(methods()).containsExactly("GET");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNotReadableIsRejectedEvenIfItIsCached(ClaimSpelling spelling) {
    store();
    StorageDriverClaim claim = spelling.spell(claim());

    for (StorageDriverClaim forged :
        List.of(
            with(claim, "bucket", "secrets"),
            with(claim, "key", key(claim).replace("mine", "theirs")),
            with(claim, "hash_value", "0".repeat(64)),
            with(claim, "hashValue", "0".repeat(64)),
            with(claim, "hash_algorithm", "md5"),
            with(claim, "hashAlgorithm", "md5"))) {
      StorageException failure = Samples.failure(retrieve(forged));
      assertThat(failure.getReason()).isEqualTo(Reason.INVALID_CLAIM);
      assertThat(failure.isRetryable()).isFalse();
    }
    assertThat(methods()).containsExactly("PUT");
  }

  private void store() {
    StorageDriverWorkflowInfo target = new StorageDriverWorkflowInfo("mine", null, null, null);
    storage.store(StorageDriverStoreContext.of(target), List.of(PAYLOAD)).join();
  }

  private CompletableFuture<List<Payload>> retrieve(ClaimSpelling spelling) {
    return retrieve(spelling.spell(claim()));
  }

  private CompletableFuture<List<Payload>> retrieve(StorageDriverClaim claim) {
    return storage.retrieve(
        StorageDriverRetrieveContext.empty(),
        List.of(new StorageReference(S3StorageDriver.TYPE, claim, 1).toPayload()));
  }

  private List<String> methods() {
    return server.requests().stream().map(HttpExchange::getRequestMethod).toList();
  }

  /** The claim of the object that {@link #store} stores. */
  private static StorageDriverClaim claim() {
    StorageDriverClaim claim = Samples.claim(PAYLOAD);
    return with(claim, "key", key(claim).replace("v0/", "v0/ns/mine/wt/null/wi/null/ri/null/"));
  }

  private static String key(StorageDriverClaim claim) {
    return claim.getClaimData().getOrDefault("key", "");
  }

  private static StorageDriverClaim with(StorageDriverClaim claim, String entry, String value) {
    Map<String, String> data = new HashMap<>(claim.getClaimData());
    data.put(entry, value);
    return new StorageDriverClaim(data);
  }

  private static String httpDate(Instant instant) {
    return DateTimeFormatter.RFC_1123_DATE_TIME.format(instant.atOffset(ZoneOffset.UTC));
  }
}
