package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.internal.converter.CurrentTarget;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.ActivityClientOptions;
import io.temporal.client.StartActivityOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.interceptors.ActivityClientCallsInterceptor;
import io.temporal.common.interceptors.ActivityClientCallsInterceptor.StartActivityInput;
import io.temporal.common.interceptors.ActivityClientCallsInterceptor.StartActivityOutput;
import io.temporal.common.interceptors.ActivityClientCallsInterceptorBase;
import io.temporal.common.interceptors.ActivityClientInterceptor;
import io.temporal.common.interceptors.Header;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clients of standalone activities, which take no plugins. */
class ActivityClientsTest {

  private final InMemoryStorageDriver driver = InMemoryStorageDriver.newBuilder().build();
  private final List<StorageDriverTargetInfo> targets = new ArrayList<>();
  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setDriver(driver)
          .setPayloadSizeThreshold(0)
          .setDriverSelector(
              (context, payload) -> {
                context.getTarget().ifPresent(targets::add);
                return driver;
              })
          .build();
  private final ActivityClientOptions.Builder builder = ActivityClientOptions.newBuilder();

  @Test
  void converterStoresAndResolves() {
    storage.configure(builder);
    storage.configure(builder);
    ActivityClientOptions options = builder.build();

    Payload payload = options.getDataConverter().toPayload("value").orElseThrow();

    assertThat(StorageReference.isReference(payload)).isTrue();
    assertThat(driver.getObjects()).hasSize(1);
    assertThat(options.getDataConverter().fromPayload(payload, String.class, String.class))
        .isEqualTo("value");
  }

  @Test
  void whatRunsAfterStorageIsRejected() {
    storage.configure(builder);
    builder.setDataConverter(
        new CodecDataConverter(
            builder.build().getDataConverter(), List.of(new GzipPayloadCodec())));

    assertThatIllegalStateException().isThrownBy(() -> storage.configure(builder));
  }

  @Test
  void interceptorIsAddedOnceBehindThoseThatAreThere() {
    ActivityClientInterceptor existing = next -> next;
    builder.setInterceptors(List.of(existing));

    storage.configure(builder);
    storage.configure(builder);

    assertThat(builder.build().getInterceptors()).hasSize(2).first().isSameAs(existing);
  }

  @Test
  void inputBelongsToTheActivity() {
    builder.setNamespace("ns");
    storage.configure(builder);

    start(builder.build());

    assertThat(targets)
        .isNotEmpty()
        .containsOnly(new StorageDriverActivityInfo("ns", "id", null, "type"));
    assertThat(CurrentTarget.get()).isNull();
  }

  @Test
  void namespaceIsDefaultUnlessSet() {
    storage.configure(builder);

    start(builder.build());

    assertThat(targets)
        .isNotEmpty()
        .containsOnly(new StorageDriverActivityInfo("default", "id", null, "type"));
  }

  @Test
  void namespaceIsThatOfTheLastConfiguration() {
    storage.configure(builder.setNamespace("before"));
    storage.configure(builder.setNamespace("after"));

    start(builder.build());

    assertThat(targets)
        .isNotEmpty()
        .containsOnly(new StorageDriverActivityInfo("after", "id", null, "type"));
  }

  /** As the client does: through the interceptors, converting the input at the end. */
  private static void start(ActivityClientOptions options) {
    ActivityClientCallsInterceptor calls =
        new ActivityClientCallsInterceptorBase(null) {
          @Override
          public StartActivityOutput startActivity(StartActivityInput input) {
            options.getDataConverter().toPayload(input.getArgs().get(0));
            return new StartActivityOutput(input.getOptions().getId(), "run");
          }
        };
    for (ActivityClientInterceptor interceptor : options.getInterceptors()) {
      calls = interceptor.activityClientCallsInterceptor(calls);
    }
    StartActivityOptions started =
        StartActivityOptions.newBuilder()
            .setId("id")
            .setTaskQueue("queue")
            .setStartToCloseTimeout(Duration.ofMinutes(1))
            .build();
    StartActivityOutput output =
        calls.startActivity(
            new StartActivityInput("type", List.of("value"), started, Header.empty()));
    assertThat(output.getActivityRunId()).isEqualTo("run");
  }
}
