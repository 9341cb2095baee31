package io.github.externalstorage.reference;

import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageException;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;

/**
 * The reference that takes a stored payload's place in the event history, in the wire format that
 * every official Temporal SDK shares: a payload of encoding {@code json/protobuf} and message type
 * {@code temporal.api.sdk.v1.ExternalStorageReference}, with the size of the stored payload in its
 * external payload details.
 *
 * <p>Reading also accepts the older encoding {@code json/external-storage-reference}. A reference
 * that a payload codec encoded after storage carries a marker in its metadata; {@link
 * EncodedReference} decodes it first.
 *
 * @param driverName the driver that stored the payload, not blank
 * @param claim what that driver needs to find it
 * @param sizeBytes the serialized size of the stored payload, 0 if the reference does not state it
 */
public record StorageReference(String driverName, StorageDriverClaim claim, long sizeBytes) {

  /**
   * @throws IllegalArgumentException if the driver name is blank or the size negative
   */
  public StorageReference {
    if (driverName.isBlank()) {
      throw new IllegalArgumentException("A reference must name its driver");
    }
    if (sizeBytes < 0) {
      throw new IllegalArgumentException("sizeBytes must not be negative: " + sizeBytes);
    }
  }

  /** Whether a payload is a reference, readable without a codec. Never fails. */
  public static boolean isReference(Payload payload) {
    return ReferenceFormat.of(payload).isPresent();
  }

  /**
   * Reads a reference.
   *
   * @return empty if the payload is not a reference
   * @throws StorageException with {@link StorageException.Reason#INVALID_CLAIM} if the payload is
   *     marked as a reference but can't be read as one
   */
  public static Optional<StorageReference> parse(Payload payload) {
    return ReferenceFormat.of(payload).map(format -> format.parse(payload));
  }

  /** This reference as the payload that goes into the history. */
  public Payload toPayload() {
    return ReferenceFormat.toPayload(this);
  }
}
