package io.github.externalstorage.internal.converter;

import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.internal.pipeline.StoragePipeline;
import io.github.externalstorage.internal.text.NamespaceName;
import io.temporal.client.ActivityClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.GlobalDataConverter;
import io.temporal.common.interceptors.ActivityClientCallsInterceptor;
import io.temporal.common.interceptors.ActivityClientCallsInterceptorBase;
import io.temporal.common.interceptors.ActivityClientInterceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Storage for the clients of standalone activities, which take no plugins. */
public final class ActivityClients {

  private ActivityClients() {}

  public static void configure(
      ActivityClientOptions.Builder builder, StoragePipeline pipeline, CodecSettings settings) {
    ActivityClientOptions options = builder.build();
    NamespaceName.require(options.getNamespace());
    DataConverter converter =
        Objects.requireNonNullElseGet(options.getDataConverter(), GlobalDataConverter::get);
    builder.setDataConverter(StorageDataConverter.wrap(converter, pipeline, settings));
    builder.setInterceptors(
        withTarget(options.getInterceptors(), new TargetInterceptor(options.getNamespace())));
  }

  /** Replaces the interceptor of an earlier call: the namespace may have changed since. */
  private static List<ActivityClientInterceptor> withTarget(
      @Nullable List<ActivityClientInterceptor> existing, TargetInterceptor interceptor) {
    List<ActivityClientInterceptor> all =
        existing == null ? new ArrayList<>() : new ArrayList<>(existing);
    all.removeIf(TargetInterceptor.class::isInstance);
    all.add(interceptor);
    return all;
  }

  /** Supplies the target, since such a client converts without a serialization context. */
  private record TargetInterceptor(String namespace) implements ActivityClientInterceptor {

    @Override
    public ActivityClientCallsInterceptor activityClientCallsInterceptor(
        ActivityClientCallsInterceptor next) {
      return new ActivityClientCallsInterceptorBase(next) {
        @Override
        public StartActivityOutput startActivity(StartActivityInput input) {
          StorageDriverActivityInfo target =
              new StorageDriverActivityInfo(
                  namespace, input.getOptions().getId(), null, input.getActivityType());
          return CurrentTarget.during(target, () -> super.startActivity(input));
        }
      };
    }
  }
}
