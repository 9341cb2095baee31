package io.github.externalstorage.interop.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.ScheduleSpec;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Large payloads in an application that configures storage only in its properties. */
@Tag("interop")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class SpringBootTest {

  private static final String TASK_QUEUE = "spring-boot";
  private static final String BUCKET = "temporal-payloads";

  private static ConfigurableApplicationContext application;

  @BeforeAll
  static void start() {
    application =
        new SpringApplicationBuilder(Application.class)
            .properties(
                Map.ofEntries(
                    Map.entry("spring.temporal.connection.target", environment("TEMPORAL_ADDRESS")),
                    Map.entry("spring.temporal.workers[0].task-queue", TASK_QUEUE),
                    Map.entry("spring.temporal.workers[0].activity-beans[0]", "inbox"),
                    Map.entry(
                        "spring.temporal.workers[0].workflow-classes[0]",
                        ParcelWorkflow.Impl.class.getName()),
                    Map.entry("spring.temporal.namespaces[0].namespace", "second"),
                    Map.entry("spring.temporal.namespaces[0].workers[0].task-queue", TASK_QUEUE),
                    Map.entry(
                        "spring.temporal.namespaces[0].workers[0].activity-beans[0]", "inbox"),
                    Map.entry(
                        "spring.temporal.namespaces[0].workers[0].workflow-classes[0]",
                        ParcelWorkflow.Impl.class.getName())))
            .run();
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"temporal", "second"})
  void workflowsStoreTheirPayloads(String namespace) {
    WorkflowClient client = bean(namespace, WorkflowClient.class);
    String parcel = parcel();

    assertThat(deliver(client, parcel)).isEqualTo(parcel);
  }

  /** Its options contain the plugin, and were already changed by it. */
  @ParameterizedTest
  @ValueSource(strings = {"temporal", "second"})
  void aPluginThatIsAppliedTwiceStoresOnce(String namespace) {
    WorkflowClient client = bean(namespace, WorkflowClient.class);
    WorkflowClient again =
        WorkflowClient.newInstance(
            client.getWorkflowServiceStubs(),
            WorkflowClient.newInstance(client.getWorkflowServiceStubs(), client.getOptions())
                .getOptions());
    String parcel = parcel();

    assertThat(deliver(again, parcel)).isEqualTo(parcel);
  }

  @ParameterizedTest
  @ValueSource(strings = {"temporal", "second"})
  void schedulesStoreTheirPayloads(String namespace) throws InterruptedException {
    String id = "schedule-" + UUID.randomUUID();
    String parcel = parcel();
    ScheduleHandle schedule =
        bean(namespace, ScheduleClient.class)
            .createSchedule(
                id,
                Schedule.newBuilder()
                    .setSpec(ScheduleSpec.newBuilder().build())
                    .setAction(
                        ScheduleActionStartWorkflow.newBuilder()
                            .setWorkflowType("Parcel")
                            .setArguments(parcel)
                            .setOptions(options(id))
                            .build())
                    .build(),
                ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
    try {
      assertThat(received().poll(2, TimeUnit.MINUTES)).isEqualTo(parcel);
      assertThat(keys(id)).isNotEmpty();
    } finally {
      schedule.delete();
    }
  }

  /** Runs a workflow, and checks that none of its payloads is in the history. */
  private static String deliver(WorkflowClient client, String parcel) {
    String id = "parcel-" + UUID.randomUUID();
    String delivered = client.newWorkflowStub(ParcelWorkflow.class, options(id)).run(parcel);

    assertThat(received().poll()).isEqualTo(parcel);
    assertThat(client.fetchHistory(id).getEvents().stream().flatMap(SpringBootTest::payloads))
        .hasSize(4)
        .allMatch(StorageReference::isReference);
    // The input has a key without a run id, which is not known yet; all others have one.
    assertThat(keys(id)).hasSize(2);
    return delivered;
  }

  private static Stream<Payload> payloads(HistoryEvent event) {
    return Stream.of(
            event.getWorkflowExecutionStartedEventAttributes().getInput(),
            event.getActivityTaskScheduledEventAttributes().getInput(),
            event.getActivityTaskCompletedEventAttributes().getResult(),
            event.getWorkflowExecutionCompletedEventAttributes().getResult())
        .flatMap(payloads -> payloads.getPayloadsList().stream());
  }

  private static List<String> keys(String workflowId) {
    return application
        .getBean(S3AsyncClient.class)
        .listObjectsV2(request -> request.bucket(BUCKET).prefix("v0/ns/"))
        .join()
        .contents()
        .stream()
        .map(object -> object.key())
        .filter(key -> key.contains("/wi/" + workflowId))
        .toList();
  }

  private static WorkflowOptions options(String workflowId) {
    return WorkflowOptions.newBuilder().setTaskQueue(TASK_QUEUE).setWorkflowId(workflowId).build();
  }

  /** Large even after compression. */
  private static String parcel() {
    byte[] content = new byte[300 * 1024];
    ThreadLocalRandom.current().nextBytes(content);
    return Base64.getEncoder().encodeToString(content);
  }

  @SuppressWarnings("unchecked")
  private static BlockingQueue<String> received() {
    return application.getBean("received", BlockingQueue.class);
  }

  /**
   * How the starter names the beans of a namespace; those of the root namespace begin with
   * "temporal".
   */
  private static <T> T bean(String namespace, Class<T> type) {
    return application.getBean(namespace + type.getSimpleName(), type);
  }

  private static String environment(String name) {
    String value = System.getenv(name);
    assertThat(value).as("%s; run these tests with interop/run", name).isNotNull();
    return value;
  }
}
