package io.github.externalstorage.lifecycle.check;

import io.github.externalstorage.driver.StorageBucket;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Counts what a check finds, and passes it on. Thread-safe. */
final class CheckReport {

  private final StorageCheckListener listener;
  private final Map<Kind, Long> checked = new EnumMap<>(Kind.class);
  private final Map<ReferenceProblem.Kind, Long> problems =
      new EnumMap<>(ReferenceProblem.Kind.class);
  private final Set<Kind> unsupported = EnumSet.noneOf(Kind.class);
  private long references;
  private long vanished;

  CheckReport(StorageCheckListener listener) {
    this.listener = listener;
  }

  synchronized void found(int count) {
    references += count;
  }

  synchronized void problem(ReferenceProblem problem) {
    problems.merge(problem.kind(), 1L, Long::sum);
    listener.onProblem(problem);
  }

  synchronized void unknownRules(StorageBucket bucket, String message) {
    listener.onUnknownRules(bucket, message);
  }

  synchronized void checked(Kind kind) {
    checked.merge(kind, 1L, Long::sum);
    listener.onProgress(result());
  }

  synchronized void vanished() {
    vanished++;
  }

  synchronized void unsupported(Kind kind) {
    unsupported.add(kind);
  }

  synchronized StorageCheckResult result() {
    return new StorageCheckResult(checked, references, problems, vanished, unsupported);
  }
}
