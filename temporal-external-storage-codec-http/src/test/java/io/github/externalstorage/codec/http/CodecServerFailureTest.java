package io.github.externalstorage.codec.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.fixtures.RawClient;
import java.io.IOException;
import java.net.ConnectException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A server whose accepting thread has failed must not keep its port open. */
final class CodecServerFailureTest {

  @Test
  void closesItsPortAndReportsToTheJvm() throws IOException {
    CompletableFuture<Throwable> uncaught = new CompletableFuture<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.complete(e));
    try (CodecServer server = Wiring.start(CodecHandler.newBuilder())) {
      Thread dispatcher =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("HTTP-Dispatcher"))
              // A thread that has ended has no group.
              .filter(
                  thread ->
                      Optional.ofNullable(thread.getThreadGroup())
                          .map(ThreadGroup::getName)
                          .equals(Optional.of("codec-server")))
              .findFirst()
              .orElseThrow();
      Error failure = new OutOfMemoryError("test");

      dispatcher.getUncaughtExceptionHandler().uncaughtException(dispatcher, failure);

      assertThat(uncaught.join()).isSameAs(failure);
      assertThatThrownBy(() -> new RawClient(server.getPort()))
          .isInstanceOf(ConnectException.class);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }
}
