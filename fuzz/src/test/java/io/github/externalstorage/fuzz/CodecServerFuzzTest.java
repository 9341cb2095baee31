package io.github.externalstorage.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** No request ends the server, or leads to a status that means a defect. */
final class CodecServerFuzzTest {

  private static final Pattern STATUS = Pattern.compile("\\AHTTP/1\\.1 ([1-5][0-9][0-9]) ");

  /** The documented 5xx statuses: not implemented, no such object, another version of HTTP. */
  private static final List<Integer> SERVER_ERRORS = List.of(501, 502, 505);

  private static final List<String> PATHS =
      List.of("/encode", "/decode", "/download", "/decode?preserveStorageRefs=true", "//x/decode");

  @Test
  void malformedRequests() throws IOException {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(InMemoryStorageDriver.newBuilder().build())
            .setPayloadSizeThreshold(1000)
            .build();
    NamespaceCodec codec =
        NamespaceCodec.newBuilder(storage).setPreStorageCodec(Seeds.GZIP).build();
    CodecHandler handler =
        CodecHandler.newBuilder().setNamespaces(Map.of("default", codec)).build();
    try (CodecServer server = CodecServer.newBuilder(handler).setPort(0).start()) {
      String large = json(Seeds.json("\"" + new Random(1).ints(2000).boxed().toList() + "\""));
      String stored = body(exchange(server, request("/encode", ByteString.copyFromUtf8(large))));

      Fuzzing.run(
          "Codec server",
          random -> {
            int status = status(exchange(server, malformed(random, stored)));
            assertThat(status < 500 || SERVER_ERRORS.contains(status)).as("%s", status).isTrue();
            if (random.nextInt(50) == 0) {
              ByteString valid = request("/download", ByteString.copyFromUtf8(stored));
              assertThat(status(exchange(server, valid))).isEqualTo(200);
            }
          });
    }
  }

  private static ByteString malformed(Random random, String stored) throws IOException {
    Mutation mutation = new Mutation(random);
    String path = PATHS.get(random.nextInt(PATHS.size()));
    ByteString valid =
        ByteString.copyFromUtf8(
            random.nextBoolean()
                ? stored
                : json(Seeds.reference(random), Seeds.gzipped(Seeds.json("[1]"))));
    return switch (random.nextInt(4)) {
      case 0 -> mutation.of(request(path, valid));
      case 1 -> request(path, ByteString.copyFromUtf8(json(damaged(random))));
      default -> request(path, mutation.of(valid));
    };
  }

  /** Valid JSON around invalid data. */
  private static Payload damaged(Random random) {
    Payload payload =
        random.nextBoolean() ? Seeds.reference(random) : Seeds.gzipped(Seeds.json("[1, 2]"));
    return payload.toBuilder().setData(new Mutation(random).of(payload.getData())).build();
  }

  private static ByteString request(String path, ByteString body) {
    return ByteString.copyFromUtf8(
            "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Namespace: default\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %s\r\n\r\n"
                .formatted(path, body.size()))
        .concat(body);
  }

  private static String exchange(CodecServer server, ByteString request) throws IOException {
    return RawConnection.exchange(server.getPort(), request);
  }

  /** 0 if the server closed without a response, as it may when the request ended within its head. */
  private static int status(String response) {
    Matcher status = STATUS.matcher(response);
    assertThat(response.isEmpty() || status.find()).as(response).isTrue();
    return response.isEmpty() ? 0 : Integer.parseInt(status.group(1));
  }

  private static String body(String response) {
    assertThat(status(response)).isEqualTo(200);
    return response.substring(response.indexOf("\r\n\r\n") + 4);
  }

  private static String json(Payload... payloads) throws IOException {
    return JsonFormat.printer()
        .print(Payloads.newBuilder().addAllPayloads(List.of(payloads)).build());
  }
}
