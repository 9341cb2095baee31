package io.github.externalstorage.lifecycle.usage;

import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.marks.MarkPhase;
import io.github.externalstorage.lifecycle.internal.marks.MarkRun;
import io.github.externalstorage.lifecycle.internal.marks.MarkTable;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;
import io.github.externalstorage.lifecycle.internal.temporal.NamespaceIds;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import io.github.externalstorage.lifecycle.internal.threads.SideBySide;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The keys of all objects that Temporal refers to, in a file. Thread-safe. */
final class MarkedKeys implements AutoCloseable {

  /** The only one in the file. */
  private static final long RUN = 1;

  private final StateFile state;

  private MarkedKeys(StateFile state) {
    this.state = state;
  }

  /**
   * Reads everything that Temporal keeps for the namespaces.
   *
   * @param file a new file
   * @throws LifecycleException if it can't be read completely
   */
  static MarkedKeys read(
      TemporalServer server,
      Collection<NamespaceStorage> namespaces,
      Buckets buckets,
      Path file,
      int concurrency,
      Instant now) {
    NamespaceIds ids = NamespaceIds.read(server, namespaces);
    StateFile state = StateFile.open(file, StateFile.CommitListener.NONE);
    try (SideBySide threads = new SideBySide(concurrency)) {
      MarkPhase mark = new MarkPhase(server, namespaces, buckets, state, threads);
      state.write(connection -> mark.plan(connection, List.of()));
      mark.run(new MarkRun(RUN, now, state::write, (namespace, kind) -> {}));
      // If one was deleted meanwhile, its runs seemed to vanish one by one.
      ids.requireUnchanged();
      return new MarkedKeys(state);
    } catch (RuntimeException e) {
      state.close();
      throw e;
    }
  }

  /** Which of these keys something refers to. */
  Set<String> of(Collection<String> keys) {
    return state.transaction(connection -> MarkTable.marked(connection, keys, RUN));
  }

  @Override
  public void close() {
    state.close();
  }
}
