package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
