package io.github.externalstorage.internal.sdk;

import com.google.common.base.Strings;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.internal.layers.RetrieveContext;
import io.temporal.payload.storage.StorageDriverTargetInfo;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** The SDK's storage types as ours, and back. */
final class NativeContexts {

  private NativeContexts() {}

  static StorageDriverStoreContext of(
      io.temporal.payload.storage.StorageDriverStoreContext context) {
    return StorageDriverStoreContext.of(
        target(context.getTarget()), new NativeCancellation(context.getCancellationToken()));
  }

  static StorageDriverStoreContext of(
      io.temporal.payload.storage.StorageDriverSelectContext context) {
    return StorageDriverStoreContext.of(target(context.getTarget()));
  }

  static StorageDriverRetrieveContext of(
      io.temporal.payload.storage.StorageDriverRetrieveContext context,
      @Nullable String namespace) {
    return RetrieveContext.of(new NativeCancellation(context.getCancellationToken()), namespace);
  }

  static StorageDriverClaim of(io.temporal.payload.storage.StorageDriverClaim claim) {
    return new StorageDriverClaim(claim.getClaimData());
  }

  static io.temporal.payload.storage.StorageDriverClaim toNative(StorageDriverClaim claim) {
    return new io.temporal.payload.storage.StorageDriverClaim(claim.getClaimData());
  }

  private static io.github.externalstorage.driver.@Nullable StorageDriverTargetInfo target(
      @Nullable StorageDriverTargetInfo target) {
    if (target instanceof io.temporal.payload.storage.StorageDriverWorkflowInfo info) {
      return new StorageDriverWorkflowInfo(
          known(info.getNamespace()),
          known(info.getId()),
          known(info.getRunId()),
          known(info.getType()));
    }
    if (target instanceof io.temporal.payload.storage.StorageDriverActivityInfo info) {
      return new StorageDriverActivityInfo(
          known(info.getNamespace()),
          known(info.getId()),
          known(info.getRunId()),
          known(info.getType()));
    }
    return null;
  }

  /** The SDK has an empty run id for a signalled workflow, and null in most other places. */
  private static @Nullable String known(@Nullable String part) {
    return Strings.emptyToNull(part);
  }

  static @Nullable StorageDriverTargetInfo toNative(
      io.github.externalstorage.driver.@Nullable StorageDriverTargetInfo target) {
    if (target == null) {
      return null;
    }
    return target instanceof StorageDriverActivityInfo
        ? new io.temporal.payload.storage.StorageDriverActivityInfo(
            target.namespace(), target.id(), target.runId(), target.type())
        : new io.temporal.payload.storage.StorageDriverWorkflowInfo(
            target.namespace(), target.id(), target.runId(), target.type());
  }

  private record NativeCancellation(
      io.temporal.common.CancellationToken<CancellationException> token)
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
}
