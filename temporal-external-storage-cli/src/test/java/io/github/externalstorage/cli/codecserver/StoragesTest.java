package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageCodec;
import io.github.externalstorage.driver.FileStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.JavaProcess;
import io.github.externalstorage.fixtures.TestPayloads;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The storages that an operator can configure, in the program as its script starts it. */
@DisabledOnOs(OS.WINDOWS)
final class StoragesTest {

  private static final Payload LARGE = TestPayloads.ofLetters(600_000, 1);

  @TempDir private static Path folder;
  private static TestS3 s3;
  private static TestGcs gcs;
  private static JavaProcess process;
  private static CodecClient client;

  @BeforeAll
  static void start() throws IOException {
    s3 = new TestS3("flat-payloads", "section-payloads");
    gcs = new TestGcs("gcs-payloads");
    Files.createDirectory(folder.resolve("payloads"));
    Files.createDirectory(folder.resolve("other"));
    Files.writeString(
        folder.resolve("config.yaml"),
        """
        storage:
          file: {directory: payloads}
          s3: {endpoint: "${S3}"}
          payloadSizeThreshold: 1KiB
        namespaces:
          flat: {bucket: flat-payloads, region: us-east-1}
          section:
            s3: {bucket: section-payloads}
          google:
            gcs: {bucket: "gcs-payloads", endpoint: "${GCS}"}
          files:
            file: {}
            driverName: team.files
          unmounted:
            file: {directory: not-there}
          "*":
            file: {directory: other}
            pattern: team-[a-z]+
        """);
    process = run();
    String line = process.awaitLine("Codec server");
    client = new CodecClient(URI.create(line.substring(line.indexOf("http"))));
  }

  @AfterAll
  static void stop() {
    process.close();
    gcs.close();
    s3.close();
  }

  @ParameterizedTest
  @CsvSource({
    "flat, aws.s3driver, bucket, flat-payloads",
    "section, aws.s3driver, bucket, section-payloads",
    "google, gcp.gcsdriver, bucket, gcs-payloads",
    "files, team.files, hash_algorithm, sha256",
    "team-a, file, hash_algorithm, sha256",
  })
  void storesAndDownloads(String namespace, String driver, String entry, String value) {
    Payload reference = client.post("/encode", namespace, LARGE);

    assertThat(reference.getData().toStringUtf8()).contains('"' + driver + '"');
    assertThat(TestPayloads.claimData(reference)).containsEntry(entry, value);
    assertThat(client.post("/download", namespace, reference)).isEqualTo(LARGE);
  }

  @Test
  void decodesWhatAWorkerStored() {
    ExternalStorage worker =
        ExternalStorage.newBuilder()
            .setDriver(
                FileStorageDriver.newBuilder()
                    .setDirectory(folder.resolve("payloads"))
                    .setName("team.files")
                    .build())
            .build();
    Payload reference =
        ExternalStorageCodec.newBuilder(worker)
            .build()
            .withContext(new WorkflowSerializationContext("files", "order-1"))
            .encode(List.of(LARGE))
            .get(0);

    assertThat(client.post("/decode", "files", reference)).isEqualTo(LARGE);
    assertThat(client.post("/download", TestPayloads.toJson(reference), "X-Namespace", "team-a"))
        .returns(403, response -> response.statusCode());
  }

  @Test
  void warnsOfADirectoryThatDoesNotExist() throws Exception {
    try (JavaProcess check = run("--check-config")) {
      assertThat(check.exitCode()).isZero();
      assertThat(check.output())
          .contains(
              "Warning: The directory of stored payloads does not exist here: "
                  + folder.resolve("not-there"))
          .endsWith(" is valid\n");
    }
  }

  private static JavaProcess run(String... options) throws IOException {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "S3",
                s3.endpoint(),
                "GCS",
                gcs.endpoint(),
                "AWS_REGION",
                "us-east-1",
                "CODEC_SERVER_PORT",
                "0"));
    String[] arguments = new String[options.length + 2];
    arguments[0] = "codec-server";
    System.arraycopy(options, 0, arguments, 1, options.length);
    arguments[options.length + 1] = folder.resolve("config.yaml").toString();
    return StartScript.run(folder, StartScript.PATH, environment, arguments);
  }
}
