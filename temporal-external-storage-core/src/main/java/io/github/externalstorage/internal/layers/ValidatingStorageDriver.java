package io.github.externalstorage.internal.layers;

import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.futures.Futures;
import io.github.externalstorage.internal.text.Quoted;
import io.temporal.api.common.v1.Payload;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The outermost layer: rejects claims that are not the driver's, or of a foreign namespace, before
 * any other layer is called, including the cache; and all calls once it is closed.
 */
final class ValidatingStorageDriver extends ForwardingStorageDriver {

  private final @Nullable Set<String> namespaces;
  private volatile boolean closed;

  /**
   * @param namespaces those whose payloads may be read; null for all
   */
  ValidatingStorageDriver(StorageDriver driver, @Nullable Set<String> namespaces) {
    super(driver);
    this.namespaces = namespaces;
  }

  @Override
  public CompletableFuture<StorageDriverClaim> store(
      StorageDriverStoreContext context, Payload payload) {
    return Futures.call(
        () -> {
          requireOpen();
          return driver.store(context, payload);
        });
  }

  @Override
  public CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
    return Futures.call(
        () -> {
          requireOpen();
          return driver.retrieve(context, parseClaim(claim));
        });
  }

  @Override
  public StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    StorageDriverClaim parsed = driver.parseClaim(claim);
    if (namespaces != null) {
      driver.getNamespace(parsed).ifPresent(namespace -> requireReadable(namespace, namespaces));
    }
    return parsed;
  }

  @Override
  public void close() {
    closed = true;
    super.close();
  }

  private void requireOpen() {
    if (closed) {
      throw new StorageException(
          Reason.MISCONFIGURED,
          "The external storage with the driver '%s' is closed; close it only after the workers, clients and codec servers that use it"
              .formatted(getName()));
    }
  }

  private void requireReadable(String namespace, Set<String> readable) {
    if (!readable.contains(namespace)) {
      throw new StorageException(
          Reason.INVALID_CLAIM,
          "A reference to the storage driver '%s' leads to a payload of the namespace %s, which may not be read here; if it should be, name it with setReadableNamespaces"
              .formatted(getName(), Quoted.of(namespace)));
    }
  }
}
