package io.github.externalstorage.driver;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A {@link CancellationToken} that its owner cancels. Thread-safe. */
public final class CancellationSource implements CancellationToken {

  private final Object lock = new Object();
  private final Set<Action> actions = new LinkedHashSet<>();
  private boolean cancelled;

  /** Requests cancellation and runs the waiting actions. Further calls do nothing. */
  public void cancel() {
    List<Action> due;
    synchronized (lock) {
      cancelled = true;
      due = new ArrayList<>(actions);
      actions.clear();
    }
    due.forEach(action -> action.task.run());
  }

  @Override
  public boolean isCancellationRequested() {
    synchronized (lock) {
      return cancelled;
    }
  }

  @Override
  public Registration onCancel(Runnable task) {
    Action action = new Action(task);
    synchronized (lock) {
      if (!cancelled) {
        actions.add(action);
        return action;
      }
    }
    task.run();
    return action;
  }

  /** Compared by identity: the same task may be registered twice. */
  private final class Action implements Registration {
    private final Runnable task;

    private Action(Runnable task) {
      this.task = task;
    }

    @Override
    public void close() {
      synchronized (lock) {
        actions.remove(this);
      }
    }
  }
}
