package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.driver.FileStorageDriver;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.options.StorageRetryOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadinessTest {

  private final NamespaceCodec good = codec(InMemoryStorageDriver.newBuilder().build());
  private final NamespaceCodec bad;

  ReadinessTest(@TempDir Path folder) {
    bad = codec(FileStorageDriver.newBuilder().setDirectory(folder.resolve("none")).build());
  }

  @Test
  void oneNamespaceThatCanBeReadIsEnough() {
    assertThat(new Readiness(() -> Map.of("good", good, "bad", bad)).isReady().join()).isTrue();
    assertThat(new Readiness(() -> Map.of("bad", bad)).isReady().join()).isFalse();
    assertThat(new Readiness(Map::of).isReady().join()).isTrue();
  }

  @Test
  void theStoragesAreNotAskedEachTime() {
    AtomicInteger checks = new AtomicInteger();
    Readiness readiness =
        new Readiness(
            () -> {
              checks.incrementAndGet();
              return Map.of("good", good);
            });

    for (int i = 0; i < 5; i++) {
      assertThat(readiness.isReady().join()).isTrue();
    }

    assertThat(checks).hasValue(1);
  }

  @Test
  void theProblemsNameTheirNamespaces() {
    List<StorageChecks.Result> results = StorageChecks.run(Map.of("good", good, "bad", bad)).join();

    assertThat(results).extracting(StorageChecks.Result::namespace).containsExactly("bad", "good");
    assertThat(results.get(0).messages())
        .singleElement()
        .asString()
        .startsWith("Namespace bad: ")
        .contains("the driver's directory does not exist");
    // A volume may only not be mounted here.
    assertThat(results.get(0).isMisconfigured()).isFalse();
    assertThat(results.get(1).messages()).isEmpty();
  }

  private static NamespaceCodec codec(StorageDriver driver) {
    return NamespaceCodec.newBuilder(
            ExternalStorage.newBuilder()
                .setDriver(driver)
                .setRetryOptions(StorageRetryOptions.none())
                .build())
        .build();
  }
}
