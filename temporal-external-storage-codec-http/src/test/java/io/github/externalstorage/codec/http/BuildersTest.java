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

  private static void assertRefused(ThrowingCallable setting, String name) {
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
    assertRefused(() -> handler.setAllowedOrigins(List.of(origin)), "'" + origin + "'");
  }

  @Test
  void limitsArePositive() {
    assertRefused(() -> handler.setMaxBodySize(0), "maxBodySize");
    assertRefused(() -> handler.setMaxPayloads(0), "maxPayloads");
    assertRefused(() -> handler.setMaxDecodedSize(0), "maxDecodedSize");
    assertRefused(() -> handler.setMaxBytesInFlight(0), "maxBytesInFlight");
    assertRefused(() -> handler.setMaxConcurrentRequests(0), "maxConcurrentRequests");
    assertRefused(() -> handler.setMaxQueuedRequests(0), "maxQueuedRequests");
    assertRefused(() -> handler.setRequestTimeout(Duration.ZERO), "requestTimeout");
    assertRefused(() -> handler.setClientTimeout(Duration.ZERO), "clientTimeout");
    assertRefused(() -> server.setDrainTimeout(Duration.ofMillis(-1)), "drainTimeout");
    assertRefused(() -> server.setDrainTimeout(Duration.ofHours(2)), "drainTimeout");
    assertRefused(() -> server.setPort(65_536), "port");
    assertRefused(() -> server.setPort(-1), "port");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws IOException {
    try (CodecServer first = server.setPort(0).start()) {
      assertThatThrownBy(() -> server.setPort(first.getPort()).start())
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:" + first.getPort());
    }
  }
}
