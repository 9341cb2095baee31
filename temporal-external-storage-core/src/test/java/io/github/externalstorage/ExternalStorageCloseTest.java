package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageException;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ExternalStorageCloseTest {

  private final List<String> closed = new ArrayList<>();

  @Test
  void closesEachDriverOnce() {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(new ClosingDriver("a"))
            .setReadOnlyDrivers(List.of(new ClosingDriver("b")))
            .setFormerDriverNames(Map.of("old a", "a", "older a", "a", "old b", "b"))
            .build();

    storage.close();

    assertThat(closed).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void closesTheOthersWhenOneFails() {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setReadOnlyDrivers(
                List.of(new ClosingDriver("a"), new FailingDriver("b"), new ClosingDriver("c")))
            .build();

    assertThatThrownBy(storage::close).isInstanceOf(IllegalStateException.class).hasMessage("b");

    assertThat(closed).containsExactlyInAnyOrder("a", "c");
  }

  @Test
  void saysThatItIsClosed() {
    InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
    ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(driver).setPayloadSizeThreshold(0).build();
    List<Payload> payloads = List.of(TestPayloads.json("1"));
    List<Payload> references = storage.store(StorageDriverStoreContext.empty(), payloads).join();

    storage.close();

    for (CompletableFuture<?> call :
        List.of(
            storage.store(StorageDriverStoreContext.empty(), payloads),
            storage.retrieve(StorageDriverRetrieveContext.empty(), references))) {
      assertThat(StorageFailures.failureOf(call, StorageException.Reason.MISCONFIGURED))
          .hasMessageContaining("is closed; close it only after the workers")
          .matches(it -> !it.isRetryable());
    }
  }

  private class ClosingDriver extends StubStorageDriver {
    private ClosingDriver(String name) {
      super(name);
    }

    @Override
    public void close() {
      closed.add(getName());
    }
  }

  private static final class FailingDriver extends StubStorageDriver {
    private FailingDriver(String name) {
      super(name);
    }

    @Override
    public void close() {
      throw new IllegalStateException(getName());
    }
  }
}
