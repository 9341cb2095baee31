package io.github.externalstorage.internal.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.internal.pipeline.SlowCalls.Origin;
import io.github.externalstorage.internal.pipeline.SlowCalls.TaskId;
import io.github.externalstorage.options.StorageEvent.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlowCallsTest {

  private static final Origin CALL = new Origin("payments", "order-1", null);

  private final List<String> warnings = new ArrayList<>();
  private long now = -1;
  private final SlowCalls slowCalls = new SlowCalls(() -> now, warnings::add);

  @Test
  void callsOfFiveSecondsAreLogged() {
    call(Operation.STORE, CALL, 4999, 1);
    assertThat(warnings).isEmpty();

    call(Operation.STORE, CALL, 5000, 1);
    assertThat(warnings)
        .containsExactly(
            "External storage took 5000 ms to store 1 payload of 700 bytes, for workflow 'order-1'"
                + " in namespace 'payments'. A workflow task times out after 10 s by default, so"
                + " check the storage's latency and its retries");
  }

  @Test
  void whatIsUnknownIsNamedSo() {
    call(Operation.RETRIEVE, new Origin(null, null, null), 6000, 3);

    assertThat(warnings)
        .singleElement()
        .asString()
        .contains("to retrieve 3 payloads of 700 bytes, for workflow unknown in namespace unknown");
  }

  @Test
  void anOutageDoesNotFloodTheLog() {
    for (int i = 0; i < 100; i++) {
      call(Operation.STORE, CALL, 6000, 1);
      now -= Duration.ofSeconds(6).toNanos();
    }
    assertThat(warnings).hasSize(1);

    now += SlowCalls.MIN_INTERVAL.toNanos();
    call(Operation.STORE, CALL, 6000, 1);

    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(1)).endsWith("(not logged since the last such line: 99)");
  }

  @Test
  void theCallsOfAWorkflowTaskAddUp() {
    Origin task = new Origin("payments", "order-1", new TaskId("run", 3));
    Origin nextTask = new Origin("payments", "order-1", new TaskId("run", 9));

    call(Operation.STORE, task, 2000, 2);
    call(Operation.RETRIEVE, task, 2000, 1);
    call(Operation.STORE, nextTask, 2000, 1);
    assertThat(warnings).isEmpty();

    call(Operation.STORE, task, 1500, 1);
    call(Operation.STORE, task, 1500, 1);
    assertThat(warnings)
        .singleElement()
        .asString()
        .startsWith(
            "External storage took 5500 ms of a workflow task so far, to store 3 payloads of 1400"
                + " bytes and retrieve 1 payload of 700 bytes, for workflow 'order-1'");
  }

  private void call(Operation operation, Origin origin, long millis, int payloads) {
    long start = slowCalls.start();
    now += Duration.ofMillis(millis).toNanos();
    slowCalls.ended(start, operation, origin, payloads, 700);
  }
}
