package io.github.externalstorage.driver;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;

/**
 * A payload as {@link PayloadFormat} serializes it, and the hash of these bytes. A driver gets it
 * from {@link StorageDriverStoreContext#getContent}. Immutable.
 */
public final class PayloadContent {

  private final ByteString bytes;
  private final String sha256;

  private PayloadContent(ByteString bytes) {
    this.bytes = bytes;
    sha256 = PayloadFormat.sha256(bytes);
  }

  /** Serializes and hashes a payload. The payload's data is not copied. */
  public static PayloadContent of(Payload payload) {
    return new PayloadContent(PayloadFormat.serialize(payload));
  }

  /** What to write to the object. */
  public ByteString getBytes() {
    return bytes;
  }

  /** The SHA-256 of the bytes: 64 lower-case hexadecimal digits. */
  public String getSha256() {
    return sha256;
  }
}
