package io.github.externalstorage.internal.sdk;

import io.github.externalstorage.driver.CancellationSource;
import io.temporal.common.CancellationToken;
import io.temporal.payload.storage.StorageDriverRetrieveContext;
import io.temporal.payload.storage.StorageDriverSelectContext;
import io.temporal.payload.storage.StorageDriverStoreContext;
import io.temporal.payload.storage.StorageDriverTargetInfo;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The context that the SDK's native storage passes to drivers and selectors. */
public record NativeStoreContext(@Nullable StorageDriverTargetInfo target, NativeToken token)
    implements StorageDriverStoreContext, StorageDriverRetrieveContext, StorageDriverSelectContext {

  public static NativeStoreContext of(@Nullable StorageDriverTargetInfo target) {
    return new NativeStoreContext(target, new NativeToken(new CancellationSource()));
  }

  @Override
  public @Nullable StorageDriverTargetInfo getTarget() {
    return target;
  }

  @Override
  public CancellationToken<CancellationException> getCancellationToken() {
    return token;
  }

  /** The SDK's token over a source of ours. */
  record NativeToken(CancellationSource source)
      implements CancellationToken<CancellationException> {

    @Override
    public boolean isCancellationRequested() {
      return source.isCancellationRequested();
    }

    @Override
    public void throwIfCancellationRequested() {
      if (source.isCancellationRequested()) {
        throw new CancellationException();
      }
    }

    @Override
    public Registration onCancel(Runnable action) {
      return source.onCancel(action)::close;
    }
  }
}
