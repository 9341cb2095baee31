package io.github.externalstorage.codec.http;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BuildersTest {

  private final CodecHandler.Builder handler = CodecHandler.newBuilder();
  private final CodecServer.Builder server =
      CodecServer.newBuilder(CodecHandler.newBuilder().build());

  private static void assertRejected(ThrowingCallable setting, String name) {
    assertThatThrownBy(setting)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*",
        "localhost:8233",
        "http://localhost:8233/",
        "http://a/b",
        "https://*.a.com",
        "http://",
        ""
      })
  void originsAreExact(String origin) {
    assertRejected(() -> handler.setAllowedOrigins(List.of(origin)), "'" + origin + "'");
  }

  @Test
  void limitsArePositive() {
    assertRejected(() -> handler.setMaxBodySize(0), "maxBodySize");
    assertRejected(() -> handler.setMaxPayloads(0), "maxPayloads");
    assertRejected(() -> handler.setMaxDecodedSize(0), "maxDecodedSize");
    assertRejected(() -> handler.setMaxBytesInFlight(0), "maxBytesInFlight");
    assertRejected(() -> handler.setMaxConcurrentRequests(0), "maxConcurrentRequests");
    assertRejected(() -> handler.setMaxQueuedRequests(0), "maxQueuedRequests");
    assertRejected(() -> handler.setRequestTimeout(Duration.ZERO), "requestTimeout");
    assertRejected(() -> handler.setClientTimeout(Duration.ZERO), "clientTimeout");
    assertRejected(() -> server.setDrainTimeout(Duration.ofMillis(-1)), "drainTimeout");
    assertRejected(() -> server.setDrainTimeout(Duration.ofHours(2)), "drainTimeout");
    assertRejected(() -> server.setPort(65_536), "port");
    assertRejected(() -> server.setPort(-1), "port");
  }

  @Test
  void aPortInUseIsNamed() throws IOException {
    try (CodecServer first = server.setPort(0).start()) {
      assertThatThrownBy(() -> server.setPort(first.getPort()).start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + first.getPort());
    }
  }
}
