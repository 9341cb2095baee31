package io.github.externalstorage.lifecycle.testing;

import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.fixtures.temporal.FakeTemporalServer;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A storage in memory, and payloads that are stored in it. */
public final class StoredSamples {

  public static final PayloadCodec GZIP = GzipPayloadCodec.newBuilder().build();

  public final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  public final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setDriver(driver)
          .setPayloadSizeThreshold(0)
          .setCacheMaxBytes(0)
          .build();

  /** The namespace without codecs. */
  public final NamespaceStorage namespace = namespace().build();

  public NamespaceStorage.Builder namespace() {
    return NamespaceStorage.newBuilder(FakeTemporalServer.NAMESPACE, storage);
  }

  public static Payload inline(String data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8('"' + data + '"'))
        .build();
  }

  /** A payload that is stored; the reference to it. */
  public Payload stored(String data) {
    return store(inline(data));
  }

  public Payload store(Payload payload) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(payload)).join().get(0);
  }

  /** As the first releases of the Python SDK spelled it. */
  public Payload legacy(String data) {
    StorageReference reference = StorageReference.parse(stored(data)).orElseThrow();
    String claim =
        reference.claim().getClaimData().entrySet().stream()
            .map(entry -> "\"%s\": \"%s\"".formatted(entry.getKey(), entry.getValue()))
            .collect(Collectors.joining(", "));
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/external-storage-reference"))
        .setData(
            ByteString.copyFromUtf8(
                "{\"driver_name\": \"in-memory\", \"driver_claim\": {\"claim_data\": {"
                    + claim
                    + "}}}"))
        .build();
  }

  /** As a codec after storage leaves it, with the marker of later SDKs. */
  public Payload marked(String data) {
    Payload reference = stored(data);
    return GZIP.encode(List.of(reference)).get(0).toBuilder()
        .putMetadata("__temporal_external_storage_reference", ByteString.copyFromUtf8("true"))
        .addAllExternalPayloads(reference.getExternalPayloadsList())
        .build();
  }

  /** As a codec after storage leaves it, without a marker. */
  public Payload encoded(String data) {
    return GZIP.encode(List.of(stored(data))).get(0);
  }

  /** A reference to a driver that is not registered. */
  public static Payload foreign() {
    return new StorageReference("other", new StorageDriverClaim(Map.of("key", "a")), 1).toPayload();
  }
}
