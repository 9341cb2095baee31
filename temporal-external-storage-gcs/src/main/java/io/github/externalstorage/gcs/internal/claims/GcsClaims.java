package io.github.externalstorage.gcs.internal.claims;

import com.google.common.base.CharMatcher;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.driver.StorageKeyLayout;
import io.github.externalstorage.internal.objects.Buckets;
import io.github.externalstorage.internal.objects.ObjectClaims;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Which object in Google Cloud Storage a payload is stored as, and which one a claim refers to.
 *
 * <p>Keys have the layout and the escapes of Temporal's drivers for Google Cloud Storage. Most of
 * Unicode stays as it is.
 *
 * <p>Each SDK's driver writes and requires different entries of claims: Python's {@code bucket,
 * object_name, hash_algorithm, hash_value}; Go's these and {@code key}, or in version 0.1 {@code
 * key} instead of {@code object_name}; TypeScript's {@code bucket, object, hashAlgorithm,
 * hashValue}. Claims are written with all of them, so that each SDK can read them.
 */
public final class GcsClaims extends ObjectClaims {

  /**
   * What "Object name guidelines" of Google's documentation advises against, and what separates
   * segments and starts an escape.
   */
  private static final CharMatcher ESCAPED =
      CharMatcher.anyOf("#[]*?:\"<>|/%").or(CharMatcher.javaIsoControl());

  private static final StorageKeyLayout LAYOUT =
      StorageKeyLayout.newBuilder().setEscaper(GcsClaims::escape).build();

  public GcsClaims(Buckets buckets) {
    super(buckets, List.of("key", "object_name", "object"), false);
  }

  @Override
  protected StorageKey createKey(Optional<StorageDriverTargetInfo> target, String sha256) {
    return LAYOUT.createKey(target, sha256);
  }

  @Override
  protected StorageKey parseKey(String key) {
    requireUnicode(key);
    return LAYOUT.parseKey(key);
  }

  private static String escape(String value) {
    requireUnicode(value);
    StringBuilder segment = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (ESCAPED.matches(c)) {
        for (byte utf8 : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          segment.append("%%%02X".formatted(utf8));
        }
      } else {
        segment.append(c);
      }
    }
    return segment.toString();
  }

  /** An unpaired surrogate becomes a question mark in UTF-8, so two names would share a key. */
  private static void requireUnicode(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("the object key has an unpaired surrogate");
    }
  }

  @Override
  protected StorageException unstorable(String bucket, IllegalArgumentException problem) {
    return new StorageException(
        Reason.MISCONFIGURED,
        "GCS store failed [bucket=%s]: %s; use a shorter namespace, and names in valid Unicode"
            .formatted(bucket, problem.getMessage()));
  }

  @Override
  protected StorageException invalid(String bucket, String key, IllegalArgumentException problem) {
    return new StorageException(
        Reason.INVALID_CLAIM,
        "GCS retrieve rejected [bucket=%s, key=%s]: %s"
            .formatted(bucket, key, problem.getMessage()));
  }
}
