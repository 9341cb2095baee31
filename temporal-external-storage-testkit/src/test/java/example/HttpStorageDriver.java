package example;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.PayloadFormat;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.driver.StorageKeyLayout;
import io.temporal.api.common.v1.Payload;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** Stores payloads on an HTTP server that supports PUT and GET, such as one with WebDAV. */
record HttpStorageDriver(HttpClient client, URI base, long maxPayloadSize, int timeoutSeconds)
    implements StorageDriver {

  private static final StorageKeyLayout KEYS = StorageKeyLayout.getDefault();

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    ByteString content = PayloadFormat.serialize(payload);
    StorageKey key = KEYS.createKey(context.getTarget(), PayloadFormat.sha256(content));
    if (content.size() > maxPayloadSize) {
      return CompletableFuture.failedFuture(
          failure(Reason.TOO_LARGE, key, content.size() + " bytes are over the limit"));
    }
    return send(key, it -> it.PUT(BodyPublishers.ofByteArray(content.toByteArray())))
        .thenApply(body -> new StorageDriverClaim(Map.of("key", key.getValue())));
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return CompletableFuture.completedFuture(claim)
        .thenApply(KEYS::parseKey)
        .thenCompose(
            key ->
                send(key, HttpRequest.Builder::GET)
                    .thenApply(body -> PayloadFormat.parse(ByteString.copyFrom(body), key)));
  }

  private CompletableFuture<byte[]> send(
      StorageKey key, UnaryOperator<HttpRequest.Builder> method) {
    String path = URLEncoder.encode(key.getValue(), UTF_8).replace("%2F", "/");
    HttpRequest request = method.apply(HttpRequest.newBuilder(base.resolve(path))).build();
    return client
        .sendAsync(request, BodyHandlers.ofByteArray())
        .orTimeout(timeoutSeconds, TimeUnit.SECONDS)
        .handle(
            (response, failure) -> {
              if (failure != null) {
                throw failure(Reason.UNAVAILABLE, key, failure.toString());
              }
              return switch (response.statusCode()) {
                case 200, 201, 204 -> response.body();
                case 404 -> throw failure(Reason.NOT_FOUND, key, "there is no such object");
                default ->
                    throw failure(Reason.UNAVAILABLE, key, "status " + response.statusCode());
              };
            });
  }

  private static StorageException failure(Reason reason, StorageKey key, String problem) {
    return new StorageException(
        reason, reason == Reason.UNAVAILABLE, "HTTP failed [key=" + key + "]: " + problem, null);
  }

  @Override
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return new StorageDriverClaim(Map.of("key", KEYS.parseKey(claim).getValue()));
  }

  @Override
  public Optional<String> getNamespace(StorageDriverClaim claim) {
    return KEYS.parseKey(claim).getNamespace();
  }

  @Override
  public String getName() {
    return "acme.http";
  }

  @Override
  public String getType() {
    return "acme.http";
  }

  @Override
  public long getMaxPayloadSize() {
    return maxPayloadSize;
  }
}
