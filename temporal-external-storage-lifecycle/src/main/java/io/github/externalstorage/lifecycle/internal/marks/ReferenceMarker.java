package io.github.externalstorage.lifecycle.internal.marks;

import com.google.common.collect.ImmutableMap;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.ObjectStore;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.text.Quoted;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.storage.PayloadDecoder;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Determines which objects the payloads of a namespace refer to. Whether a reference can be read is
 * of no importance here, so drivers, buckets and permissions are not checked. Thread-safe.
 */
final class ReferenceMarker {

  private final ExternalStorage storage;
  private final PayloadDecoder decoder;
  private final ImmutableMap<String, ObjectStore> stores;
  private final List<ObjectStore> otherStores;

  /**
   * @param allStores those of all namespaces: a reference of another namespace may name its driver
   */
  ReferenceMarker(NamespaceStorage namespace, Collection<ObjectStore> allStores) {
    storage = namespace.getStorage();
    decoder = new PayloadDecoder(namespace);
    stores = ImmutableMap.copyOf(storage.getObjectStores());
    otherStores = List.copyOf(allStores);
  }

  /**
   * The keys of the objects that a payload refers to; empty if it is not a reference.
   *
   * @throws StorageException if it can't be determined. The message does not contain the payload
   */
  Set<String> keys(Payload payload) {
    Payload decoded = decoder.decodeReference(payload);
    Optional<StorageReference> reference = StorageReference.parse(decoded);
    if (reference.isEmpty()) {
      if (payload.getExternalPayloadsCount() > 0 || decoded.getExternalPayloadsCount() > 0) {
        throw unclear(
            "Temporal says that the payload stands for a stored one, but it is not a reference that"
                + " can be read here: is a codec after storage missing from the configuration"
                + " (postStorageCodecs)?");
      }
      return Set.of();
    }
    Set<String> keys = ReferencedKeys.of(reference.get().claim());
    if (keys.stream().noneMatch(ReferencedKeys::isKey) && !isKnown(reference.get())) {
      throw unclear(
          "The reference names the storage driver %s, which is not registered, and no object key"
              .formatted(Quoted.of(reference.get().driverName())));
    }
    keys.addAll(parts(reference.get()));
    return keys;
  }

  /** A registered driver need not use keys of the common layout. */
  private boolean isKnown(StorageReference reference) {
    try {
      var unused = storage.resolve(reference);
      return true;
    } catch (StorageException e) {
      return false;
    }
  }

  private Set<String> parts(StorageReference reference) {
    ObjectStore store = stores.get(reference.driverName());
    if (store != null) {
      return parts(store, reference, Set.of(Reason.NOT_FOUND));
    }
    // The name may be a former one, or that of another namespace's driver.
    Set<String> keys = new HashSet<>();
    for (ObjectStore other : otherStores) {
      keys.addAll(parts(other, reference, Set.of(Reason.NOT_FOUND, Reason.INVALID_CLAIM)));
    }
    return keys;
  }

  private static Set<String> parts(
      ObjectStore store, StorageReference reference, Set<Reason> withoutParts) {
    try {
      return store.listParts(reference.claim()).join();
    } catch (CompletionException e) {
      if (Futures.unwrap(e) instanceof StorageException cause) {
        if (withoutParts.contains(cause.getReason())) {
          return Set.of();
        }
        throw cause;
      }
      throw e;
    }
  }

  private static StorageException unclear(String message) {
    return new StorageException(Reason.INVALID_CLAIM, message);
  }
}
