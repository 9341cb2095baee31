package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageListener;
import io.github.externalstorage.options.StorageRetryOptions;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StorageListenerTest {

  private final List<String> heard = new ArrayList<>();
  private final StorageListener listener =
      new StorageListener() {
        @Override
        public void onStored(StorageEvent event) {
          hear("stored", event);
        }

        @Override
        public void onRetrieved(StorageEvent event) {
          hear("retrieved", event);
        }

        @Override
        public void onCacheHit(StorageEvent event) {
          hear("cache hit", event);
        }

        @Override
        public void onFailed(StorageEvent event, Throwable failure) {
          hear("failed with " + failure.getMessage(), event);
          throw new IllegalStateException("A listener's own trouble");
        }
      };
  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  private final Payload payload = TestPayloads.ofSize(500);

  @Test
  void reportsWhatIsStoredAndCacheHits() {
    ExternalStorage storage = storage(ExternalStorage.newBuilder());
    List<Payload> references = store(storage);
    retrieve(storage, references);

    assertThat(heard)
        .containsExactly("stored STORE in-memory 500", "cache hit RETRIEVE in-memory 500");
  }

  @Test
  void reportsWhatIsRetrievedWithoutACache() {
    ExternalStorage storage = storage(ExternalStorage.newBuilder().setCacheMaxBytes(0));
    List<Payload> references = store(storage);
    retrieve(storage, references);

    assertThat(heard)
        .containsExactly("stored STORE in-memory 500", "retrieved RETRIEVE in-memory 500");
  }

  @Test
  void itsExceptionsAreIgnored() {
    ExternalStorage storage = storage(ExternalStorage.newBuilder().setCacheMaxBytes(0));
    List<Payload> references = store(storage);
    driver.getObjects().clear();

    CompletableFuture<?> retrieved =
        storage.retrieve(StorageDriverRetrieveContext.empty(), references);

    StorageFailures.failureOf(retrieved, StorageException.Reason.NOT_FOUND);
    assertThat(heard).last().asString().startsWith("failed with").endsWith("RETRIEVE in-memory 0");
  }

  private ExternalStorage storage(ExternalStorage.Builder builder) {
    return builder
        .setDriver(driver)
        .setPayloadSizeThreshold(1)
        .setListener(listener)
        .setRetryOptions(StorageRetryOptions.none())
        .build();
  }

  private List<Payload> store(ExternalStorage storage) {
    return storage.store(StorageDriverStoreContext.empty(), List.of(payload)).join();
  }

  private static void retrieve(ExternalStorage storage, List<Payload> references) {
    storage.retrieve(StorageDriverRetrieveContext.empty(), references).join();
  }

  private void hear(String what, StorageEvent event) {
    heard.add(
        "%s %s %s %d"
            .formatted(what, event.getOperation(), event.getDriverName(), event.getBytes()));
  }
}
