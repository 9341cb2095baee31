package io.github.externalstorage.internal.sdk;

import io.github.externalstorage.driver.CancellationToken;
import java.util.concurrent.CancellationException;

/** The SDK's cancellation as ours. */
record NativeCancellation(io.temporal.common.CancellationToken<CancellationException> token)
    implements CancellationToken {

  @Override
  public boolean isCancellationRequested() {
    return token.isCancellationRequested();
  }

  @Override
  public Registration onCancel(Runnable action) {
    return token.onCancel(action)::close;
  }
}
