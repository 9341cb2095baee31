package consumer;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageCodec;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Stores payloads and reads them, also through a codec server; fails unless they arrive unchanged. */
public final class StoreAndRead {

  private static final String NAMESPACE = "default";
  private static final StaticCredentialsProvider CREDENTIALS =
      StaticCredentialsProvider.create(AwsBasicCredentials.create("test", "test"));

  private StoreAndRead() {}

  /** Runs the program. */
  public static void main(String[] arguments) throws Exception {
    try (MapS3 server = new MapS3();
        S3AsyncClient ours =
            S3StorageClientBuilder.newBuilder()
                .setEndpoint(server.endpoint())
                .setCredentialsProvider(CREDENTIALS)
                .build();
        S3AsyncClient plain =
            S3AsyncClient.builder()
                .endpointOverride(server.endpoint())
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(CREDENTIALS)
                .build()) {
      for (S3AsyncClient client : List.of(ours, plain)) {
        for (int size : List.of(300_000, 2_200_000)) {
          storeAndRead(client, size);
        }
      }
    }
  }

  private static void storeAndRead(S3AsyncClient client, int size) throws Exception {
    try (ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(
                S3StorageDriver.newBuilder().setClient(client).setBucket("payloads").build())
            .setCacheMaxBytes(0)
            .build()) {
      configure(storage);
      GzipPayloadCodec gzip = new GzipPayloadCodec();
      ExternalStorageCodec codec =
          (ExternalStorageCodec)
              ExternalStorageCodec.newBuilder(storage)
                  .build()
                  .withContext(new WorkflowSerializationContext(NAMESPACE, "workflow"));
      Payload payload = payload(size);

      List<Payload> stored = codec.encode(gzip.encode(List.of(payload)));
      require(stored.get(0).getExternalPayloadsCount() == 1, "The payload is stored");
      require(gzip.decode(codec.decode(stored)).equals(List.of(payload)), "It is read");
      NamespaceCodec namespace =
          NamespaceCodec.newBuilder(storage).setPreStorageCodec(gzip).build();
      CodecHandler handler =
          CodecHandler.newBuilder().setNamespaces(Map.of(NAMESPACE, namespace)).build();
      try (CodecServer server = CodecServer.newBuilder(handler).setPort(0).start()) {
        require(decode(server.getPort(), stored).equals(List.of(payload)), "It is decoded");
      }
    }
  }

  /** Loads the SDK's classes that setting up a client needs. */
  private static void configure(ExternalStorage storage) {
    WorkflowClientOptions.Builder options = WorkflowClientOptions.newBuilder();
    new ExternalStoragePlugin(storage).configureWorkflowClient(options);
    require(options.build().getDataConverter() != null, "The client is configured");
  }

  private static List<Payload> decode(int port, List<Payload> payloads) throws Exception {
    String body = JsonFormat.printer().print(Payloads.newBuilder().addAllPayloads(payloads));
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/decode"))
                    .header("Content-Type", "application/json")
                    .header("X-Namespace", NAMESPACE)
                    .POST(BodyPublishers.ofString(body))
                    .build(),
                BodyHandlers.ofString());
    require(response.statusCode() == 200, "The codec server returns 200: " + response.statusCode());
    Payloads.Builder decoded = Payloads.newBuilder();
    JsonFormat.parser().merge(response.body(), decoded);
    return decoded.getPayloadsList();
  }

  /** A payload that gzip can't compress. */
  private static Payload payload(int size) {
    byte[] data = new byte[size];
    new Random(size).nextBytes(data);
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
        .setData(ByteString.copyFrom(data))
        .build();
  }

  private static void require(boolean condition, String expectation) {
    if (!condition) {
      throw new AssertionError("Not true: " + expectation);
    }
  }
}
