package io.github.externalstorage.internal.metrics;

import com.uber.m3.tally.Scope;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sum that is reported whenever it changes. It may move to another scope. Thread-safe. */
public final class MovableGauge {

  private final String name;
  private final Map<String, String> tags;
  private @Nullable Scope scope;
  private long value;

  MovableGauge(String name, Map<String, String> tags, @Nullable Scope scope) {
    this.name = name;
    this.tags = tags;
    this.scope = scope;
  }

  /** Adds to the sum, or subtracts from it. */
  public synchronized void add(long change) {
    value += change;
    // Under the lock, since the last value that is reported must be the last one there was.
    report(value);
  }

  synchronized void moveTo(Scope newScope) {
    report(0);
    scope = newScope;
    report(value);
  }

  private void report(long newValue) {
    if (scope == null) {
      return;
    }
    try {
      scope.tagged(tags).gauge(name).update((double) newValue);
    } catch (RuntimeException e) {
      // A metric must not fail the call that it measures.
    }
  }
}
