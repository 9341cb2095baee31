package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ticker;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.internal.layers.Notifications;
import io.github.externalstorage.internal.metrics.StorageMetrics;
import io.github.externalstorage.internal.pipeline.InlinePayloads;
import io.github.externalstorage.options.InlinePayloadsEvent;
import io.github.externalstorage.options.StorageListener;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.context.ActivitySerializationContext;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InlinePayloadsTest {

  private static final int THRESHOLD = ExternalStorage.DEFAULT_PAYLOAD_SIZE_THRESHOLD;
  private static final SerializationContext WORKFLOW = new WorkflowSerializationContext("ns", "id");
  private static final SerializationContext ACTIVITY =
      new ActivitySerializationContext("ns", "id", "type", "activity", "queue", false);

  private final List<InlinePayloadsEvent> events = new ArrayList<>();
  private final StorageListener listener =
      new StorageListener() {
        @Override
        public void onInlinePayloads(InlinePayloadsEvent event) {
          events.add(event);
        }
      };
  private long nanos;
  private final InlinePayloads inlinePayloads =
      new InlinePayloads(
          THRESHOLD * 100,
          new Notifications(new StorageMetrics(null), listener),
          new Ticker() {
            @Override
            public long read() {
              return nanos;
            }
          });

  static Set<ExternalStorageRoute> routes() {
    return EnumSet.of(ExternalStorageRoute.CODEC, ExternalStorageRoute.detect());
  }

  @ParameterizedTest
  @MethodSource("routes")
  void oneWorkflowsInlinePayloadsAreReportedOnce(ExternalStorageRoute route) {
    DataConverter converter = converter(route).withContext(ACTIVITY);

    for (int i = 0; i < 30; i++) {
      assertThat(converter.toPayloads("x".repeat(200_000))).isPresent();
    }

    assertThat(events)
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.getNamespace()).isEqualTo("ns");
              assertThat(event.getWorkflowId()).isEqualTo("id");
              assertThat(event.getBytes()).isBetween(2_097_153L, 2_400_000L);
            });
  }

  @ParameterizedTest
  @MethodSource("routes")
  void storedPayloadsAreNotCounted(ExternalStorageRoute route) {
    DataConverter converter = converter(route).withContext(WORKFLOW);

    for (int i = 0; i < 10; i++) {
      assertThat(converter.toPayload(i + "x".repeat(400_000))).isPresent();
    }

    assertThat(events).isEmpty();
  }

  @Test
  void eachMinuteIsCountedByItself() {
    count(WORKFLOW, 1_500_000);
    nanos = Duration.ofSeconds(61).toNanos();
    count(WORKFLOW, 1_500_000);
    assertThat(events).isEmpty();

    count(WORKFLOW, 1_500_000);
    count(WORKFLOW, 1_500_000);
    assertThat(events).hasSize(1);

    nanos += Duration.ofSeconds(61).toNanos();
    count(WORKFLOW, 2_500_000);
    assertThat(events).hasSize(2);
  }

  @Test
  void theMinuteBeginsWithTheFirstPayload() {
    for (int i = 0; i < 4; i++) {
      count(WORKFLOW, 900_000);
      nanos += Duration.ofSeconds(40).toNanos();
    }

    assertThat(events).isEmpty();
  }

  @Test
  void workflowsAreCountedApart() {
    count(WORKFLOW, 1_500_000);
    count(new WorkflowSerializationContext("ns", "other"), 1_500_000);
    count(new WorkflowSerializationContext("other", "id"), 1_500_000);
    count(null, 3_000_000);

    assertThat(events).isEmpty();
  }

  private void count(@Nullable SerializationContext context, int bytes) {
    inlinePayloads.count(List.of(TestPayloads.ofSize(bytes)), context);
  }

  private DataConverter converter(ExternalStorageRoute route) {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(InMemoryStorageDriver.newBuilder().build())
            .setListener(listener)
            .build();
    WorkflowClientOptions.Builder options = WorkflowClientOptions.newBuilder();
    ExternalStoragePlugin.newBuilder(storage)
        .setRoute(route)
        .build()
        .configureWorkflowClient(options);
    return options.build().getDataConverter();
  }
}
