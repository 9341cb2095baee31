package io.github.externalstorage.lifecycle;

import io.github.externalstorage.lifecycle.RunTable.GcRun;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys of all objects that Temporal refers to, in a file. Thread-safe. */
final class MarkedKeys implements AutoCloseable {

  private final GcContext context;
  private final GcRun run;

  private MarkedKeys(GcContext context, GcRun run) {
    this.context = context;
    this.run = run;
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
      GcBuckets buckets,
      Path file,
      int concurrency,
      InstantSource clock) {
    GcIdentity identity = new GcIdentity(server, namespaces, buckets);
    Map<String, String> ids = identity.namespaceIds();
    GcContext context =
        new GcContext(
            StateFile.open(file, StateFile.CommitListener.NONE),
            new SideBySide(concurrency),
            clock,
            new GcListener() {});
    try {
      MarkPhase mark = new MarkPhase(server, namespaces, buckets, context);
      Instant now = clock.instant();
      GcRun run =
          context
              .state()
              .transaction(
                  connection -> {
                    long id = RunTable.start(connection, now, "usage");
                    mark.plan(connection, List.of());
                    return new GcRun(id, GcPhase.MARK, "usage", now, now);
                  });
      mark.run(run);
      // If one was deleted meanwhile, its runs seemed to vanish one by one.
      identity.requireUnchanged(ids);
      return new MarkedKeys(context, run);
    } catch (RuntimeException e) {
      close(context);
      throw e;
    }
  }

  /** Which of these keys something refers to. */
  Set<String> of(Collection<String> keys) {
    return context.state().transaction(connection -> MarkTable.marked(connection, keys, run.id()));
  }

  @Override
  public void close() {
    close(context);
  }

  private static void close(GcContext context) {
    context.threads().close();
    context.state().close();
  }
}
