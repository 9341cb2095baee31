package io.github.externalstorage.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.ExternalStorageRoute;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.worker.RecordingStorageDriver.Stored;
import io.temporal.api.common.v1.Payload;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Schedule clients store through their data converter on both routes. */
class ScheduleTest {

  private static final Optional<StorageDriverWorkflowInfo> SCHEDULED_WORKFLOW =
      Optional.of(new StorageDriverWorkflowInfo("default", "scheduled", null, null));

  private final RecordingStorageDriver driver = new RecordingStorageDriver();

  @OnEachRoute
  void inputIsStoredAndReadAndTheMemoStaysInline(ExternalStorageRoute route) throws Exception {
    try (ScheduleServer server = new ScheduleServer()) {
      ScheduleClient client = newClient(server, route);

      client.createSchedule(
          "schedule",
          schedule(LargeText.of("input")),
          ScheduleOptions.newBuilder().setMemo(Map.of("note", LargeText.of("memo"))).build());

      assertThat(driver.stored())
          .extracting(stored -> LargeText.labelOf(stored.payload()), Stored::target)
          .containsExactly(tuple("input", SCHEDULED_WORKFLOW));
      assertThat(input(server)).hasSize(1).allMatch(StorageReference::isReference);
      // The server's scheduler has to read the memo.
      assertThat(server.created().getMemo().getFieldsMap().values())
          .hasSize(1)
          .noneMatch(StorageReference::isReference);
      ScheduleDescription description = client.getHandle("schedule").describe();
      assertThat(description.getMemo("note", String.class)).isEqualTo(LargeText.of("memo"));
      assertThat(description.getSchedule().getAction())
          .asInstanceOf(type(ScheduleActionStartWorkflow.class))
          .extracting(action -> action.getArguments().get(0, String.class))
          .isEqualTo(LargeText.of("input"));
    }
  }

  private ScheduleClient newClient(ScheduleServer server, ExternalStorageRoute route) {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setPayloadSizeThreshold(StorageEnvironment.THRESHOLD)
            .build();
    return ScheduleClient.newInstance(
        server.stubs(),
        ScheduleClientOptions.newBuilder()
            .setPlugins(ExternalStoragePlugin.newBuilder(storage).setRoute(route).build())
            .build());
  }

  private static Schedule schedule(String input) {
    return Schedule.newBuilder()
        .setSpec(ScheduleSpec.newBuilder().build())
        .setAction(
            ScheduleActionStartWorkflow.newBuilder()
                .setWorkflowType("Child")
                .setArguments(input)
                .setOptions(
                    WorkflowOptions.newBuilder()
                        .setWorkflowId("scheduled")
                        .setTaskQueue(StorageEnvironment.TASK_QUEUE)
                        .build())
                .build())
        .build();
  }

  private static List<Payload> input(ScheduleServer server) {
    return server
        .created()
        .getSchedule()
        .getAction()
        .getStartWorkflow()
        .getInput()
        .getPayloadsList();
  }
}
