package example;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.driver.FileStorageDriver;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.time.Duration;

public class Reports {

  @WorkflowInterface
  public interface ReportWorkflow {
    @WorkflowMethod
    int run(int kilobytes);
  }

  @ActivityInterface
  public interface ReportActivities {
    String write(int kilobytes);

    int count(String report);
  }

  public static class ReportWorkflowImpl implements ReportWorkflow {
    private final ReportActivities activities =
        Workflow.newActivityStub(
            ReportActivities.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public int run(int kilobytes) {
      return activities.count(activities.write(kilobytes));
    }
  }

  public static class ReportActivitiesImpl implements ReportActivities {
    @Override
    public String write(int kilobytes) {
      return "x".repeat(kilobytes * 1000);
    }

    @Override
    public int count(String report) {
      return report.length();
    }
  }

  public static void main(String[] args) {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(FileStorageDriver.newBuilder().setDirectory(Path.of("payloads")).build())
            .build();
    storage.checkAccess().join();
    WorkflowClient client =
        WorkflowClient.newInstance(
            WorkflowServiceStubs.newLocalServiceStubs(),
            WorkflowClientOptions.newBuilder()
                .setPlugins(new ExternalStoragePlugin(storage))
                .build());

    WorkerFactory factory = WorkerFactory.newInstance(client);
    Worker worker = factory.newWorker("reports");
    worker.registerWorkflowImplementationTypes(ReportWorkflowImpl.class);
    worker.registerActivitiesImplementations(new ReportActivitiesImpl());
    factory.start();

    ReportWorkflow workflow =
        client.newWorkflowStub(
            ReportWorkflow.class,
            WorkflowOptions.newBuilder().setTaskQueue("reports").setWorkflowId("report-1").build());
    System.out.println("The report has " + workflow.run(3000) + " bytes");
    System.exit(0);
  }
}
