package io.github.externalstorage.codec.http;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;

/**
 * Holds references to what a namespace's callers may read. They come from the caller and may be
 * forged, so this comes before the storage, whose memory serves several namespaces, is asked.
 */
record ReferenceGuard(String namespace, NamespaceCodec codec) {

  /**
   * Reads a reference.
   *
   * @throws Refusal 400 if it can't be read, 403 if it may not be resolved
   */
  StorageReference admit(Payload payload, int index) {
    StorageReference reference = parse(payload, index);
    if (!isReadable(namespaceOf(reference, index))) {
      throw new Refusal(
          403,
          "payloads[%d] refers to a payload of another namespace than may be read here"
              .formatted(index));
    }
    return reference;
  }

  private static StorageReference parse(Payload payload, int index) {
    try {
      return StorageReference.parse(payload).orElseThrow();
    } catch (StorageException e) {
      throw Refusal.malformed("payloads[%d] is a reference that can't be read".formatted(index));
    }
  }

  private Optional<String> namespaceOf(StorageReference reference, int index) {
    try {
      StorageDriver driver = codec.storage().validate(reference);
      return driver.getNamespace(reference.claim());
    } catch (RuntimeException e) {
      throw new Refusal(
          403,
          "payloads[%d] refers to a storage, or a place in it, that this server may not read"
              .formatted(index));
    }
  }

  private boolean isReadable(Optional<String> owner) {
    return owner
        .map(name -> name.equals(namespace) || codec.readableNamespaces().contains(name))
        .orElseGet(codec::keysWithoutNamespaceReadable);
  }
}
