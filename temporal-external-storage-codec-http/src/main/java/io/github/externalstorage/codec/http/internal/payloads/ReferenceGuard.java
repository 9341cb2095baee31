package io.github.externalstorage.codec.http.internal.payloads;

import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.reference.StoredPayload;
import io.temporal.api.common.v1.Payload;
import java.util.Optional;

/**
 * Rejects references that a namespace's callers may not read. They come from the caller and may be
 * forged, so they are checked before the storage is called, whose cache serves several namespaces.
 */
record ReferenceGuard(String namespace, NamespaceSettings settings) {

  /**
   * Resolves a reference.
   *
   * @throws HttpErrorException 400 if it can't be read, 403 if it may not be resolved
   */
  StoredPayload admit(Payload payload, int index) {
    StoredPayload stored = resolve(payload, index);
    if (!isReadable(stored.getNamespace())) {
      throw new HttpErrorException(
          403,
          "payloads[%d] refers to a payload of a namespace that may not be read here"
              .formatted(index));
    }
    return stored;
  }

  private StoredPayload resolve(Payload payload, int index) {
    StorageReference reference;
    try {
      reference = StorageReference.parse(payload).orElseThrow();
    } catch (StorageException e) {
      throw HttpErrorException.malformed(
          "payloads[%d] is a reference that can't be read".formatted(index));
    }
    try {
      return settings.storage().resolve(reference);
    } catch (RuntimeException e) {
      throw new HttpErrorException(
          403,
          "payloads[%d] refers to a storage, or a place in it, that this server may not read"
              .formatted(index));
    }
  }

  private boolean isReadable(Optional<String> owner) {
    return owner
        .map(name -> name.equals(namespace) || settings.readableNamespaces().contains(name))
        .orElseGet(settings::keysWithoutNamespaceReadable);
  }
}
