package io.github.externalstorage.s3.internal.payloads;

import com.google.common.io.BaseEncoding;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Checks whether responses to PutObject requests match the stored objects, as far as this can be
 * determined. Thread-safe.
 */
public final class StoreResponses {

  private static final Pattern SHA256 = Pattern.compile("[0-9A-Za-z+/]{43}=");
  private static final Pattern MD5 = Pattern.compile("\"?([0-9a-f]{32})\"?");
  private static final String ENCRYPTED_BY_S3 = "AES256";

  /**
   * Buckets whose ETags were seen to be MD5 hashes. Not all servers use them, and encryption
   * changes them.
   */
  private final Set<String> bucketsWithMd5 = ConcurrentHashMap.newKeySet();

  /** Whether this can be the response to a request that stored this object. */
  boolean canBeFor(S3ObjectBody object, String bucket, SdkHttpResponse response) {
    if (!response.isSuccessful()) {
      return true;
    }
    Optional<String> sha256 = header(response, "x-amz-checksum-sha256");
    if (sha256.filter(it -> SHA256.matcher(it).matches()).isPresent()) {
      return sha256.get().equals(BaseEncoding.base64().encode(object.sha256().asBytes()));
    }
    return header(response, "ETag")
        .map(MD5::matcher)
        .filter(etag -> etag.matches() && !isEncryptedDifferently(response))
        .map(etag -> isOwnMd5(etag.group(1), bucket, object))
        .orElse(true);
  }

  private boolean isOwnMd5(String etag, String bucket, S3ObjectBody object) {
    if (etag.equals(object.md5().toString())) {
      bucketsWithMd5.add(bucket);
      return true;
    }
    // Removed, so that a change of the bucket's encryption makes only one attempt fail.
    return !bucketsWithMd5.remove(bucket);
  }

  private static boolean isEncryptedDifferently(SdkHttpResponse response) {
    return header(response, "x-amz-server-side-encryption")
            .filter(it -> !it.equals(ENCRYPTED_BY_S3))
            .isPresent()
        || header(response, "x-amz-server-side-encryption-customer-algorithm").isPresent();
  }

  private static Optional<String> header(SdkHttpResponse response, String name) {
    return response.firstMatchingHeader(name);
  }
}
