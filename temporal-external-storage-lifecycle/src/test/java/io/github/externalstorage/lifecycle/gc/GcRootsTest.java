package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.testing.Events;
import io.temporal.api.history.v1.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files whose references count. */
class GcRootsTest {

  @TempDir private Path folder;
  private GcWorld world;

  @BeforeEach
  void start() {
    world = new GcWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void aFolderWithoutFilesStopsIt() throws IOException {
    // As where an archive is mounted, if it is not mounted.
    Path archive = Files.createDirectory(folder.resolve("archive"));

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().setRoots(List.of(archive)).build().run())
        .withMessageContaining(archive.toString());
  }

  @Test
  void linksAreFollowed() throws IOException {
    Path archive = Files.createDirectory(folder.resolve("archive"));
    Path year = Files.createDirectory(folder.resolve("2025"));
    write(archive.resolve("a.bin"), world.stored(ORDERS));
    write(year.resolve("b.bin"), world.stored(ORDERS));
    Files.createSymbolicLink(archive.resolve("2025"), year);
    Path link = Files.createSymbolicLink(folder.resolve("link"), archive);
    world.advance(GRACE.plus(Duration.ofDays(1)));

    assertThat(world.gc().setRoots(List.of(link)).build().run().referenced()).isEqualTo(2);
  }

  private static void write(Path file, String key) throws IOException {
    History history =
        History.newBuilder().addEvents(Events.started(GcWorld.reference(key))).build();
    Files.write(file, history.toByteArray());
  }
}
