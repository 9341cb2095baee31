package consumer;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityOptions;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Passes 5 MB from one activity to another, which a message of Temporal can't hold. */
public final class Parcels {

  private static final int SIZE = 5_000_000;
  private static final String TASK_QUEUE = "parcels";

  private Parcels() {}

  /** Runs the workflow. */
  public static void main(String[] arguments) throws Exception {
    try (MapS3 server = new MapS3();
        S3AsyncClient client =
            S3StorageClientBuilder.newBuilder()
                .setEndpoint(server.endpoint())
                .setCredentialsProvider(
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test")))
                .build();
        ExternalStorage storage =
            ExternalStorage.newBuilder()
                .setDriver(
                    S3StorageDriver.newBuilder().setClient(client).setBucket("payloads").build())
                .build()) {
      String result = run(storage);
      System.out.printf("Java %s: %s%n", Runtime.version().feature(), result);
      if (!result.equals("5000000 bytes arrived unchanged")) {
        throw new AssertionError(result);
      }
    }
  }

  private static String run(ExternalStorage storage) {
    WorkflowClientOptions options =
        WorkflowClientOptions.newBuilder().setPlugins(new ExternalStoragePlugin(storage)).build();
    TestEnvironmentOptions testOptions =
        TestEnvironmentOptions.newBuilder().setWorkflowClientOptions(options).build();
    try (TestWorkflowEnvironment environment = TestWorkflowEnvironment.newInstance(testOptions)) {
      var worker = environment.newWorker(TASK_QUEUE);
      worker.registerWorkflowImplementationTypes(DeliveryImpl.class);
      worker.registerActivitiesImplementations(new PostOfficeImpl());
      environment.start();
      return environment
          .getWorkflowClient()
          .newWorkflowStub(
              Delivery.class, WorkflowOptions.newBuilder().setTaskQueue(TASK_QUEUE).build())
          .deliver();
    }
  }

  private static byte[] parcel() {
    byte[] parcel = new byte[SIZE];
    new Random(SIZE).nextBytes(parcel);
    return parcel;
  }

  /** The workflow. */
  @WorkflowInterface
  public interface Delivery {
    /** Says what arrived. */
    @WorkflowMethod
    String deliver();
  }

  /** The activities. */
  @ActivityInterface
  public interface PostOffice {
    /** Returns 5 MB. */
    byte[] pack();

    /** Says whether these are the same. */
    String unpack(byte[] parcel);
  }

  /** Packs and unpacks. */
  public static final class DeliveryImpl implements Delivery {

    private final PostOffice office =
        Workflow.newActivityStub(
            PostOffice.class,
            ActivityOptions.newBuilder().setStartToCloseTimeout(Duration.ofMinutes(1)).build());

    @Override
    public String deliver() {
      return office.unpack(office.pack());
    }
  }

  /** Parcels with random content. */
  public static final class PostOfficeImpl implements PostOffice {

    @Override
    public byte[] pack() {
      return parcel();
    }

    @Override
    public String unpack(byte[] parcel) {
      String end = Arrays.equals(parcel, parcel()) ? "unchanged" : "changed";
      return parcel.length + " bytes arrived " + end;
    }
  }
}
