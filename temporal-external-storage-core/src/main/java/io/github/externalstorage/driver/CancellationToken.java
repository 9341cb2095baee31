package io.github.externalstorage.driver;

/**
 * Signals to a driver that its caller no longer needs the result. Thread-safe. The counterpart that
 * cancels is {@link CancellationSource}.
 */
public interface CancellationToken {

  /** A token that is never cancelled. */
  static CancellationToken none() {
    return NeverCancelled.INSTANCE;
  }

  /** Whether cancellation was requested. Once true, it stays true. */
  boolean isCancellationRequested();

  /**
   * Runs an action once when cancellation is requested: at once if it already was, else on the
   * thread that requests it. The action must not block or throw.
   *
   * @return the registration; closing it prevents the action from running
   */
  Registration onCancel(Runnable action);

  /** An action waiting for cancellation. */
  @FunctionalInterface
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
