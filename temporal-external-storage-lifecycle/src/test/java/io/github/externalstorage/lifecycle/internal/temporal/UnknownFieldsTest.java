package io.github.externalstorage.lifecycle.internal.temporal;

import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import io.github.externalstorage.lifecycle.gc.GcResult;
import io.github.externalstorage.lifecycle.gc.GcWorld;
import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal.Run;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.workflow.v1.PendingActivityInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server sends that is newer than the API that this program knows. */
class UnknownFieldsTest {

  @TempDir private Path folder;

  @Test
  void referencesInNewFieldsCount() {
    try (GcWorld world = new GcWorld(folder)) {
      Run run = world.start(ORDERS);
      run.events.add(
          HistoryEvent.newBuilder()
              .setEventId(2)
              .setUnknownFields(
                  message(900, message(3, payloads(world.stored(ORDERS)).toByteString())))
              .build());
      run.description =
          DescribeWorkflowExecutionResponse.newBuilder()
              .addPendingActivities(
                  PendingActivityInfo.newBuilder()
                      .setUnknownFields(
                          message(901, GcWorld.reference(world.stored(ORDERS)).toByteString())))
              .build();
      world.advance(GcWorld.GRACE.multipliedBy(2));

      GcResult result = world.collect();

      assertThat(result.referenced()).isEqualTo(2);
      assertThat(result.quarantines()).isEmpty();
    }
  }

  @Test
  void otherBytesAreNoPayloads() {
    ByteString nested = ByteString.copyFromUtf8("v0/d/sha256/");
    for (int i = 0; i < 3_000; i++) {
      nested = message(1, nested).toByteString();
    }
    HistoryEvent event =
        HistoryEvent.newBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .mergeFrom(message(900, ByteString.copyFromUtf8("text \u0000\u0001")))
                    .mergeFrom(message(901, Payload.getDefaultInstance().toByteString()))
                    .mergeFrom(message(902, nested))
                    .build())
            .build();

    UnknownFields.visit(
        event,
        (path, payload) -> {
          throw new AssertionError(path);
        });
  }

  private static Payloads payloads(String key) {
    return Events.payloads(GcWorld.reference(key));
  }

  private static UnknownFieldSet message(int field, UnknownFieldSet content) {
    return message(field, content.toByteString());
  }

  private static UnknownFieldSet message(int field, ByteString content) {
    return UnknownFieldSet.newBuilder()
        .addField(field, Field.newBuilder().addLengthDelimited(content).build())
        .build();
  }
}
