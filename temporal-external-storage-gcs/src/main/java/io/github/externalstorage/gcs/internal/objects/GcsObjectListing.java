package io.github.externalstorage.gcs.internal.objects;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.github.externalstorage.driver.ListObjectsRequest;
import io.github.externalstorage.driver.ListedObject;
import io.github.externalstorage.driver.ObjectPage;
import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsClient;
import io.github.externalstorage.gcs.internal.requests.GcsError;
import io.github.externalstorage.gcs.internal.requests.GcsFault;
import io.github.externalstorage.gcs.internal.requests.LimitedText;
import io.github.externalstorage.internal.futures.Futures;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Lists a page of objects. A response that lacks anything makes it fail, because other JSON would
 * otherwise look like an empty page.
 */
final class GcsObjectListing {

  static final int PAGE_SIZE = 1000;

  /** A key of 1,024 bytes has up to 6,144 in JSON. */
  private static final int MAX_BYTES = PAGE_SIZE * 8 * 1024;

  private static final String KIND = "storage#objects";

  private final GcsClient client;
  private final GcsCall call;
  private final ListObjectsRequest request;

  /**
   * @param call the listing
   */
  GcsObjectListing(GcsClient client, GcsCall call, ListObjectsRequest request) {
    this.client = client;
    this.call = call;
    this.request = request;
  }

  CompletableFuture<ObjectPage> start() {
    HttpRequest sent = HttpRequest.newBuilder(call.endpoint().list(request, PAGE_SIZE)).build();
    return Futures.map(
        client.download(
            call, sent, (response, watch) -> new LimitedText(MAX_BYTES, watch::received)),
        this::page);
  }

  private ObjectPage page(String response) {
    Struct json = GcsError.json(response);
    require(GcsError.string(json, "kind").equals(KIND));
    String next = GcsError.string(json, "nextPageToken");
    require(next.isEmpty() || !next.equals(request.pageToken()));
    List<String> prefixes = list(json, "prefixes").stream().map(Value::getStringValue).toList();
    for (String prefix : prefixes) {
      require(prefix.startsWith(request.prefix()) && prefix.length() > request.prefix().length());
    }
    return new ObjectPage(
        list(json, "items").stream().map(it -> object(it.getStructValue())).toList(),
        prefixes,
        next);
  }

  private static List<Value> list(Struct json, String name) {
    return json.getFieldsOrDefault(name, Value.getDefaultInstance()).getListValue().getValuesList();
  }

  private ListedObject object(Struct item) {
    String key = GcsError.string(item, "name");
    String generation = GcsError.string(item, "generation");
    require(!key.isEmpty() && key.startsWith(request.prefix()) && !generation.isEmpty());
    try {
      return new ListedObject(
          key,
          Long.parseLong(GcsError.string(item, "size")),
          // An object that is written again is a new generation with a time of its own.
          Instant.parse(GcsError.string(item, "timeCreated")),
          generation);
    } catch (RuntimeException e) {
      throw call.failure(GcsFault.MISMATCHED_RESPONSE);
    }
  }

  private void require(boolean isComplete) {
    if (!isComplete) {
      throw call.failure(GcsFault.MISMATCHED_RESPONSE);
    }
  }
}
