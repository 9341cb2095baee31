package io.github.externalstorage.gcs.internal.objects;

import static java.util.stream.Collectors.toUnmodifiableSet;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.github.externalstorage.driver.BucketObject;
import io.github.externalstorage.driver.BucketSettings;
import io.github.externalstorage.driver.BucketVersioning;
import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.driver.StorageBuckets;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.gcs.internal.claims.GcsClaims;
import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsClient;
import io.github.externalstorage.gcs.internal.requests.GcsEndpoint;
import io.github.externalstorage.gcs.internal.requests.GcsError;
import io.github.externalstorage.gcs.internal.requests.GcsFault;
import io.github.externalstorage.gcs.internal.requests.GcsOperation;
import io.github.externalstorage.gcs.internal.requests.LimitedText;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ObjectClaim;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Reads the lifecycle rules and the versioning of buckets. Thread-safe. */
public final class GcsBuckets implements StorageBuckets {

  /** A bucket has at most 100 rules, with up to 1,000 prefixes of 1,024 bytes in all of them. */
  private static final int MAX_BYTES = 8 * 1024 * 1024;

  private final GcsClient client;
  private final GcsEndpoint endpoint;
  private final Buckets buckets;
  private final GcsClaims claims;

  public GcsBuckets(GcsClient client, GcsEndpoint endpoint, Buckets buckets, GcsClaims claims) {
    this.client = client;
    this.endpoint = endpoint;
    this.buckets = buckets;
    this.claims = claims;
  }

  @Override
  public Set<StorageBucket> listBuckets() {
    return buckets.present().stream().map(this::bucket).collect(toUnmodifiableSet());
  }

  @Override
  public BucketObject locate(StorageDriverClaim claim) {
    ObjectClaim object = claims.locate(claim);
    return new BucketObject(bucket(object.bucket()), object.key().getValue());
  }

  private StorageBucket bucket(String name) {
    return new StorageBucket(StorageBucket.Service.GCS, endpoint.service(), name);
  }

  @Override
  public CompletableFuture<BucketSettings> readSettings(StorageBucket bucket) {
    GcsCall call = new GcsCall(GcsOperation.READ_SETTINGS, bucket.name(), "", endpoint);
    HttpRequest request = HttpRequest.newBuilder(endpoint.settings(bucket.name())).build();
    return Futures.map(
        client.download(
            call, request, (response, watch) -> new LimitedText(MAX_BYTES, watch::received)),
        response -> settings(call, GcsError.json(response)));
  }

  private static BucketSettings settings(GcsCall call, Struct bucket) {
    // Otherwise other JSON would look like a bucket without rules.
    if (!GcsError.string(bucket, "name").equals(call.bucket())) {
      throw call.failure(GcsFault.MISMATCHED_RESPONSE);
    }
    boolean isVersioned = field(field(bucket, "versioning"), "enabled").getBoolValue();
    List<Struct> rules =
        field(field(bucket, "lifecycle"), "rule").getListValue().getValuesList().stream()
            .map(Value::getStructValue)
            .toList();
    List<Struct> limiting = rules.stream().filter(rule -> !GcsRules.parse(rule).isEmpty()).toList();
    return new BucketSettings(
        isVersioned ? BucketVersioning.ON : BucketVersioning.OFF,
        limiting.stream().flatMap(rule -> GcsRules.parse(rule).stream()).toList(),
        limiting.size() < rules.size());
  }

  private static Value field(Struct json, String name) {
    return json.getFieldsOrDefault(name, Value.getDefaultInstance());
  }

  private static Value field(Value json, String name) {
    return field(json.getStructValue(), name);
  }
}
