package io.github.externalstorage.worker;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.CreateScheduleRequest;
import io.temporal.api.workflowservice.v1.CreateScheduleResponse;
import io.temporal.api.workflowservice.v1.DescribeScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.util.UUID;

/** A server that supports one schedule, since the SDK's test server supports none. */
final class ScheduleServer implements AutoCloseable {

  private final Service service = new Service();
  private final Server server;
  private final ManagedChannel channel;
  private final WorkflowServiceStubs stubs;

  ScheduleServer() throws IOException {
    String name = UUID.randomUUID().toString();
    server =
        InProcessServerBuilder.forName(name).directExecutor().addService(service).build().start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    stubs =
        WorkflowServiceStubs.newServiceStubs(
            WorkflowServiceStubsOptions.newBuilder().setChannel(channel).build());
  }

  WorkflowServiceStubs stubs() {
    return stubs;
  }

  /** What the schedule was created with. */
  CreateScheduleRequest created() {
    return service.created;
  }

  @Override
  public void close() {
    stubs.shutdownNow();
    channel.shutdownNow();
    server.shutdownNow();
  }

  private static final class Service extends WorkflowServiceImplBase {

    private volatile CreateScheduleRequest created = CreateScheduleRequest.getDefaultInstance();

    @Override
    public void getSystemInfo(
        GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> observer) {
      reply(observer, GetSystemInfoResponse.getDefaultInstance());
    }

    @Override
    public void createSchedule(
        CreateScheduleRequest request, StreamObserver<CreateScheduleResponse> observer) {
      created = request;
      reply(observer, CreateScheduleResponse.getDefaultInstance());
    }

    @Override
    public void describeSchedule(
        DescribeScheduleRequest request, StreamObserver<DescribeScheduleResponse> observer) {
      reply(
          observer,
          DescribeScheduleResponse.newBuilder()
              .setSchedule(created.getSchedule())
              .setMemo(created.getMemo())
              .build());
    }

    private static <T> void reply(StreamObserver<T> observer, T message) {
      observer.onNext(message);
      observer.onCompleted();
    }
  }
}
