package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.GzipPayloadCodec;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the codec server of the example in a JVM of its own. */
final class CodecServerCommandTest {

  private static final Pattern STARTED =
      Pattern.compile("Codec server is at (http://127\\.0\\.0\\.1:\\d+), Ctrl-C to stop");

  @TempDir Path directory;

  @Test
  void decodesForTheWebUiUntilItIsStopped() throws Exception {
    Payload payload =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8("\"200 orders\""))
            .build();
    String encoded = toJson(new GzipPayloadCodec().encode(List.of(payload)));
    try (LocalS3 s3 = LocalS3.start(0, "temporal-payloads");
        ChildProcess server =
            ChildProcess.start(
                directory,
                Map.of("S3_ENDPOINT", s3.endpoint().toString()),
                "codec-server",
                "--port",
                "0")) {
      Matcher started = STARTED.matcher(server.nextLine());
      assertThat(started.matches()).isTrue();
      URI uri = URI.create(started.group(1));

      HttpResponse<String> decoded = decode(uri, encoded, "http://localhost:8233");
      assertThat(decoded.statusCode()).isEqualTo(200);
      assertThat(fromJson(decoded.body())).containsExactly(payload);
      assertThat(decode(uri, encoded, "http://foreign.example").statusCode()).isEqualTo(403);

      server.stop();
      assertThat(server.rest()).isEqualToNormalizingNewlines("Codec server stopped\n");
      assertThat(server.errors()).isEmpty();
    }
  }

  private static HttpResponse<String> decode(URI server, String json, String origin)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(server.resolve("/decode?preserveStorageRefs=true"))
                .header("Content-Type", "application/json")
                .header("Origin", origin)
                .POST(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.ofString());
  }

  private static String toJson(List<Payload> payloads) throws InvalidProtocolBufferException {
    return JsonFormat.printer().print(Payloads.newBuilder().addAllPayloads(payloads).build());
  }

  private static List<Payload> fromJson(String json) throws InvalidProtocolBufferException {
    Payloads.Builder payloads = Payloads.newBuilder();
    JsonFormat.parser().merge(json, payloads);
    return payloads.getPayloadsList();
  }
}
