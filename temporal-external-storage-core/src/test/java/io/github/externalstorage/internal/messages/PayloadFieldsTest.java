package io.github.externalstorage.internal.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.temporal.api.activity.v1.ActivityExecutionInfo;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PayloadFieldsTest {

  private static final List<String> BYTES_WITHOUT_PAYLOADS =
      List.of(
          "temporal.api.common.v1.Callback.Internal.data",
          "temporal.api.schedule.v1.ScheduleSpec.timezone_data");

  /** Payloads inside of bytes or of a message of any type would not be found by descriptors. */
  @Test
  void theApiHidesNoPayloads() {
    Set<Descriptor> messages = new LinkedHashSet<>();
    for (Descriptor root :
        List.of(
            HistoryEvent.getDescriptor(),
            DescribeWorkflowExecutionResponse.getDescriptor(),
            Schedule.getDescriptor(),
            ActivityExecutionInfo.getDescriptor())) {
      collect(root, messages);
    }

    assertThat(messages).contains(Payload.getDescriptor()).doesNotContain(Any.getDescriptor());
    Set<String> bytes = new TreeSet<>();
    for (Descriptor message : messages) {
      for (FieldDescriptor field : message.getFields()) {
        if (field.getType() == FieldDescriptor.Type.BYTES
            && !message.getFullName().startsWith(Payload.getDescriptor().getFullName())) {
          bytes.add(field.getFullName());
        }
      }
    }
    assertThat(bytes).containsExactlyElementsOf(BYTES_WITHOUT_PAYLOADS);
  }

  private static void collect(Descriptor message, Set<Descriptor> found) {
    if (found.add(message)) {
      for (FieldDescriptor field : message.getFields()) {
        if (field.getJavaType() == FieldDescriptor.JavaType.MESSAGE) {
          collect(field.getMessageType(), found);
        }
      }
    }
  }
}
