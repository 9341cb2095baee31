package io.github.externalstorage.s3;

import com.google.common.io.BaseEncoding;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Compares the answers to stored objects with what was stored, as far as they can be compared.
 * Thread-safe.
 */
final class StoreAnswers {

  private static final Pattern SHA256 = Pattern.compile("[0-9A-Za-z+/]{43}=");
  private static final Pattern MD5 = Pattern.compile("\"?([0-9a-f]{32})\"?");
  private static final String ENCRYPTED_BY_S3 = "AES256";

  /** Not every server's ETags are MD5s, and encryption changes them too. */
  private final Set<String> bucketsWithMd5 = ConcurrentHashMap.newKeySet();

  /** Whether this can be the answer to a request that stored this object. */
  boolean canBeFor(S3ObjectBody object, String bucket, SdkHttpResponse answer) {
    if (!answer.isSuccessful()) {
      return true;
    }
    Optional<String> sha256 = header(answer, "x-amz-checksum-sha256");
    if (sha256.filter(it -> SHA256.matcher(it).matches()).isPresent()) {
      return sha256.get().equals(BaseEncoding.base64().encode(object.sha256().asBytes()));
    }
    return header(answer, "ETag")
        .map(MD5::matcher)
        .filter(etag -> etag.matches() && !isEncryptedOtherwise(answer))
        .map(etag -> isOwnMd5(etag.group(1), bucket, object))
        .orElse(true);
  }

  private boolean isOwnMd5(String etag, String bucket, S3ObjectBody object) {
    if (etag.equals(object.md5().toString())) {
      bucketsWithMd5.add(bucket);
      return true;
    }
    // Removed, so that a bucket whose encryption has changed costs one attempt and no more.
    return !bucketsWithMd5.remove(bucket);
  }

  private static boolean isEncryptedOtherwise(SdkHttpResponse answer) {
    return header(answer, "x-amz-server-side-encryption")
            .filter(it -> !it.equals(ENCRYPTED_BY_S3))
            .isPresent()
        || header(answer, "x-amz-server-side-encryption-customer-algorithm").isPresent();
  }

  private static Optional<String> header(SdkHttpResponse answer, String name) {
    return answer.firstMatchingHeader(name);
  }
}
