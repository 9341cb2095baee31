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
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The outermost layer: refuses claims that are not the driver's, or of a foreign namespace, before
 * any other layer, the cache among them, is asked; and all calls once it is closed.
 */
public final class ConfiningStorageDriver extends ForwardingStorageDriver {

  private final @Nullable Set<String> namespaces;
  private volatile boolean closed;

  /**
   * @param namespaces those whose payloads may be read; null for all
   */
  ConfiningStorageDriver(StorageDriver driver, @Nullable Set<String> namespaces) {
    super(driver);
    this.namespaces = namespaces;
  }

  @Override
  public CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads) {
    return Futures.call(
        () -> {
          requireOpen();
          return driver.store(context, payloads);
        });
  }

  @Override
  public CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims) {
    return Futures.call(
        () -> {
          requireOpen();
          claims.forEach(this::validateClaim);
          return driver.retrieve(context, claims);
        });
  }

  @Override
  public void validateClaim(StorageDriverClaim claim) {
    driver.validateClaim(claim);
    if (namespaces != null) {
      driver.getNamespace(claim).ifPresent(namespace -> requireReadable(namespace, namespaces));
    }
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
