package io.github.externalstorage.gcs.internal.payloads;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Ints;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import io.github.externalstorage.driver.PayloadContent;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.gcs.internal.requests.GcsCall;
import io.github.externalstorage.gcs.internal.requests.GcsClient;
import io.github.externalstorage.gcs.internal.requests.GcsError;
import io.github.externalstorage.gcs.internal.requests.GcsFault;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.internal.transfers.StallWatch;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.zip.CRC32C;

/** Stores one object with one request. */
public final class GcsUpload {

  private final GcsCall call;
  private final ObjectClaim object;
  private final StorageDriverStoreContext context;
  private final PayloadContent content;
  private final String crc32c;
  private final UploadBody body;

  public GcsUpload(
      GcsCall call, ObjectClaim object, StorageDriverStoreContext context, PayloadContent content) {
    this.call = call;
    this.object = object;
    this.context = context;
    this.content = content;
    crc32c = crc32c(content.getBytes());
    body = new UploadBody(call.key(), content, crc32c);
  }

  /** The checksum as Google writes it: the big-endian bytes in Base64. */
  private static String crc32c(ByteString bytes) {
    CRC32C checksum = new CRC32C();
    bytes.asReadOnlyByteBufferList().forEach(checksum::update);
    return BaseEncoding.base64().encode(Ints.toByteArray((int) checksum.getValue()));
  }

  /**
   * Sends the request. The future completes when the object is stored; cancelling it aborts the
   * request.
   */
  public CompletableFuture<StorageDriverClaim> start(GcsClient client) {
    Instant start = Instant.now();
    return Futures.map(
        client.upload(call, this::request),
        response -> {
          requireConfirmation(response);
          context.reportStoredAt(start);
          return object;
        });
  }

  private HttpRequest request(StallWatch watch) {
    return HttpRequest.newBuilder(call.endpoint().upload(call.bucket()))
        .header("Content-Type", body.contentType())
        .POST(body.publisher(watch::sent))
        .build();
  }

  /**
   * @throws StorageException unless the response describes the object, and came after all of it was
   *     sent
   */
  private void requireConfirmation(String response) {
    Struct stored = GcsError.json(response);
    if (!body.isSent()
        || !GcsError.string(stored, "bucket").equals(call.bucket())
        || !GcsError.string(stored, "name").equals(call.key())
        || !GcsError.string(stored, "size").equals(String.valueOf(content.getBytes().size()))
        || !GcsError.string(stored, "crc32c").equals(crc32c)) {
      throw call.failure(GcsFault.MISMATCHED_RESPONSE);
    }
  }
}
