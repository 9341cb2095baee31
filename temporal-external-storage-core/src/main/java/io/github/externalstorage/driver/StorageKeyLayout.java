package io.github.externalstorage.driver;

import static com.google.common.base.Preconditions.checkArgument;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.google.common.net.PercentEscaper;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.Quoted;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Writes and checks the keys under which the drivers of every Temporal SDK store payloads:
 *
 * <ul>
 *   <li>{@code v0/ns/{namespace}/wt/{type}/wi/{id}/ri/{run}/d/sha256/{hash}} for a workflow
 *   <li>{@code v0/ns/{namespace}/at/{type}/ai/{id}/ri/{run}/d/sha256/{hash}} for a standalone
 *       activity
 *   <li>{@code v0/d/sha256/{hash}} without a target
 *   <li>{@code v0/ns/{namespace}/d/sha256/{hash}} where a key or one of its segments would be too
 *       long
 * </ul>
 *
 * <p>A value that is unknown or empty is written as {@code null}. Objects are addressed by their
 * content, so equal payloads of a target share an object. Which characters of a value are escaped
 * depends on the storage; the default is that of Temporal's S3 drivers. Thread-safe.
 */
public final class StorageKeyLayout {

  /** The default of {@link Builder#setMaxLength}, in bytes. */
  public static final int DEFAULT_MAX_LENGTH = 1024;

  /** The shortest limit for a segment, in bytes: the length of a hash. */
  private static final int MIN_SEGMENT_LENGTH = 64;

  private static final StorageKeyLayout DEFAULT = newBuilder().build();

  private final UnaryOperator<String> escaper;
  private final int maxLength;
  private final int maxSegmentLength;

  private StorageKeyLayout(Builder builder) {
    escaper = builder.escaper;
    maxLength = builder.maxLength;
    maxSegmentLength = builder.maxSegmentLength;
  }

  /** The layout with the defaults: that of Temporal's S3 drivers. */
  public static StorageKeyLayout getDefault() {
    return DEFAULT;
  }

  /** Returns a builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  /**
   * The key of a payload that is to be stored.
   *
   * @param target what the payload belongs to, see {@link StorageDriverStoreContext#getTarget}
   * @param sha256 the hash of the object's content: 64 lower-case hexadecimal digits
   * @throws IllegalArgumentException if the namespace alone makes the key too long
   */
  public StorageKey createKey(Optional<StorageDriverTargetInfo> target, String sha256) {
    String digest = StorageKey.DIGEST + sha256;
    if (target.isEmpty()) {
      return parseKey(StorageKey.ROOT + digest);
    }
    String start = StorageKey.ROOT + "/" + StorageKey.NAMESPACE + "/";
    String namespace = segment(target.get().namespace());
    String key = start + namespace + path(target.get()) + digest;
    if (fits(key)) {
      return parseKey(key);
    }
    String shortened = start + namespace + digest;
    if (fits(shortened)) {
      return parseKey(shortened);
    }
    // A key without its namespace would escape the checks that separate namespaces.
    throw new IllegalArgumentException(
        "the namespace takes up %s bytes of the object key, but at most %s are available"
            .formatted(
                bytes(namespace),
                Math.min(maxSegmentLength, maxLength - bytes(shortened) + bytes(namespace))));
  }

  /**
   * Checks a key from a claim, which may be forged. Keys of other escapers and segment limits are
   * accepted too, and so are keys with other segments between {@code v0} and {@code d/sha256}.
   *
   * @throws IllegalArgumentException if this can't be the key of a stored payload. The message
   *     starts with {@code the object key} and does not contain the key
   */
  public StorageKey parseKey(String key) {
    int length = bytes(key);
    checkArgument(
        length <= maxLength,
        "the object key has %s bytes, more than the %s that are allowed",
        length,
        maxLength);
    return StorageKey.parse(key);
  }

  /**
   * Checks the key in the entry {@code key} of a claim, as {@link #parseKey} does.
   *
   * @throws StorageException with {@link Reason#INVALID_CLAIM} if there is none, or this can't be
   *     the key of a stored payload
   */
  public StorageKey parseKey(StorageDriverClaim claim) {
    String key = claim.getClaimData().getOrDefault("key", "");
    try {
      return parseKey(key);
    } catch (IllegalArgumentException e) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "The claim is invalid [key=%s]: %s".formatted(Quoted.of(key), e.getMessage()));
    }
  }

  private String path(StorageDriverTargetInfo target) {
    boolean isWorkflow = target instanceof StorageDriverWorkflowInfo;
    return "/%s/%s/%s/%s/ri/%s"
        .formatted(
            isWorkflow ? "wt" : "at",
            segment(target.type()),
            isWorkflow ? "wi" : "ai",
            segment(target.id()),
            segment(target.runId()));
  }

  private String segment(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return StorageKey.UNKNOWN;
    }
    // HTTP clients, proxies and file systems interpret "." and ".." as path navigation.
    return value.equals(".") || value.equals("..")
        ? value.replace(".", "%2E")
        : escaper.apply(value);
  }

  private boolean fits(String key) {
    return bytes(key) <= maxLength
        && StorageKey.split(key).stream().allMatch(segment -> bytes(segment) <= maxSegmentLength);
  }

  private static int bytes(String text) {
    return text.getBytes(UTF_8).length;
  }

  /** Builds a {@link StorageKeyLayout}. Not thread-safe. */
  public static final class Builder {

    /** Leaves the characters that the Amazon S3 user guide lists as safe in keys. */
    private UnaryOperator<String> escaper = new PercentEscaper("!-_.*'()", false)::escape;

    private int maxLength = DEFAULT_MAX_LENGTH;
    private int maxSegmentLength = Integer.MAX_VALUE;

    private Builder() {}

    /**
     * Sets how a value is escaped to be a segment of a key. The function must be thread-safe, must
     * escape {@code /}, {@code %} and control characters, and must write an escape as {@code %XX}
     * for each byte of the character's UTF-8. It is not called for empty values, {@code .} and
     * {@code ..}. Default: escapes all but ASCII letters, digits and {@code !-_.*'()}, in upper
     * case, as Temporal's S3 drivers do.
     */
    public Builder setEscaper(UnaryOperator<String> segmentEscaper) {
      escaper = requireNonNull(segmentEscaper, "segmentEscaper");
      return this;
    }

    /**
     * Sets the maximum length of a key, in bytes of its UTF-8. At least 256. Default: {@value
     * #DEFAULT_MAX_LENGTH}, the limit of S3 and of Google Cloud Storage.
     *
     * @throws IllegalArgumentException if less than 256
     */
    public Builder setMaxLength(int bytes) {
      checkArgument(bytes >= 256, "maxLength must be at least 256, not %s", bytes);
      maxLength = bytes;
      return this;
    }

    /**
     * Sets the maximum length of an escaped segment of a key (the part between two slashes), in
     * bytes of its UTF-8. At least 64, the length of a hash. Default: no limit of its own.
     *
     * @throws IllegalArgumentException if less than 64
     */
    public Builder setMaxSegmentLength(int bytes) {
      checkArgument(
          bytes >= MIN_SEGMENT_LENGTH,
          "maxSegmentLength must be at least %s, not %s",
          MIN_SEGMENT_LENGTH,
          bytes);
      maxSegmentLength = bytes;
      return this;
    }

    /** Builds the layout. */
    public StorageKeyLayout build() {
      return new StorageKeyLayout(this);
    }
  }
}
