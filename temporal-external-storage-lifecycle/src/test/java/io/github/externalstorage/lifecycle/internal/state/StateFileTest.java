package io.github.externalstorage.lifecycle.internal.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.lifecycle.LifecycleException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {

  @TempDir private Path folder;

  /** SQLite reads some names as options, or as a database in memory. */
  @ParameterizedTest
  @ValueSource(strings = {"gc.db", "gc?mode=memory", "a b#c%3F.db", ":memory:"})
  void anyNameIsThatOfAFile(String name) {
    Path path = folder.resolve(name);

    StateFile.open(path, StateFile.CommitListener.NONE).close();

    assertThat(path).isRegularFile();
  }

  @Test
  void noNameIsNoDatabaseInMemory() {
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> StateFile.open(Path.of(""), StateFile.CommitListener.NONE));
  }
}
