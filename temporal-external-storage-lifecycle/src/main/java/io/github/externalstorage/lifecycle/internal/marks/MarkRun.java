package io.github.externalstorage.lifecycle.internal.marks;

import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import java.time.Instant;

/** What the mark phase is a part of: a run of garbage collection, for example. */
public interface MarkRun {

  /** Its number in the state file. */
  long id();

  /** When the mark began. */
  Instant startedAt();

  /** Commits a page, and reports the progress. */
  void commit(StateFile.Change page);

  /** This version of the server does not support something, so there is none of it. */
  void unsupported(String namespace, Kind kind);
}
