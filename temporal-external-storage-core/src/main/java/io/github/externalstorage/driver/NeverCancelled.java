package io.github.externalstorage.driver;

/** The token of callers that never cancel: keeps no registration. */
enum NeverCancelled implements CancellationToken {
  INSTANCE;

  @Override
  public boolean isCancellationRequested() {
    return false;
  }

  @Override
  public Registration onCancel(Runnable action) {
    return () -> {};
  }
}
