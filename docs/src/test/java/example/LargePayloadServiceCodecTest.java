package example;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpServer;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With a server that requires what DataDog's requires. */
class LargePayloadServiceCodecTest {

  private static final String KEY = "/blobs/orders/common/sha256:12/sha256:34";
  private static final String DATA = "\"a large payload\"";

  private HttpServer server;
  private LargePayloadServiceCodec codec;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/v2/blobs/get",
        http -> {
          boolean right =
              http.getRequestURI().getQuery().equals("key=" + KEY)
                  && "application/octet-stream"
                      .equals(http.getRequestHeaders().getFirst("Content-Type"))
                  && http.getRequestHeaders().containsKey("X-Payload-Expected-Content-Length");
          byte[] data = DATA.getBytes(UTF_8);
          http.sendResponseHeaders(right ? 200 : 400, data.length);
          http.getResponseBody().write(data);
          http.close();
        });
    server.start();
    codec =
        new LargePayloadServiceCodec(
            URI.create("http://localhost:" + server.getAddress().getPort()));
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void retrievesWhatWasStored() {
    Payload stored =
        Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8(DATA))
            .build();

    assertThat(codec.decode(List.of(reference(KEY, DATA)))).containsExactly(stored);
  }

  @Test
  void leavesOthersUnchanged() {
    Payload other = Payload.newBuilder().setData(ByteString.copyFromUtf8(DATA)).build();

    assertThat(codec.decode(List.of(other))).containsExactly(other);
    assertThat(codec.encode(List.of(other))).containsExactly(other);
  }

  @Test
  void rejectsOtherBytesAndErrors() {
    assertThatExceptionOfType(PayloadCodecException.class)
        .isThrownBy(() -> codec.decode(List.of(reference(KEY, "\"another\""))));
    assertThatExceptionOfType(PayloadCodecException.class)
        .isThrownBy(() -> codec.decode(List.of(reference("/blobs/another", DATA))))
        .withMessageContaining("400");
  }

  /** As their codec writes it. */
  private static Payload reference(String key, String data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .putMetadata("temporal.io/remote-codec", ByteString.copyFromUtf8("v2"))
        .setData(
            ByteString.copyFromUtf8(
                """
                {"metadata":{"encoding":"anNvbi9wbGFpbg=="},"size":%d,"digest":"sha256:%s","key":"%s"}
                """
                    .formatted(
                        data.getBytes(UTF_8).length,
                        Hashing.sha256().hashString(data, UTF_8),
                        key)))
        .build();
  }
}
