package io.github.externalstorage.codec.http.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ClientWaitsTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final int MAX = 4;
  private static final int MUCH = 1 << 20;
  private static final int ATTEMPTS = 20;

  private final ClientWaits waits = new ClientWaits(MAX);
  private final BlockingQueue<String> ended = new LinkedBlockingQueue<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void slowClientsAreDisconnectedDownToHalfOfTheMaximum() throws InterruptedException {
    for (int i = 0; i < 3 * MAX; i++) {
      threads.execute(this::waitForClient);
    }

    for (int i = 0; i < 3 * MAX - MAX / 2; i++) {
      assertThat(ended.take()).isEqualTo("abandoned");
    }
    assertThat(ended).isEmpty();
  }

  @Test
  void clientsThatAreNotSlowAreNotDisconnectedForOthers() {
    // On a busy machine, this thread may have to wait for so long that its client is slow as well.
    assertThat(IntStream.range(0, ATTEMPTS).anyMatch(attempt -> isFastClientKept())).isTrue();
    assertThat(ended).isNotEmpty().containsOnly("abandoned");
  }

  private boolean isFastClientKept() {
    int before = ended.size();
    try (ClientWait fast = waits.begin(LONG)) {
      for (int i = 0; i < MAX / 2; i++) {
        threads.execute(this::waitForClient);
      }
      while (ended.size() == before) {
        fast.moved(MUCH);
      }
      return !fast.isAbandoned();
    } catch (SocketTimeoutException e) {
      return false;
    }
  }

  private void waitForClient() {
    try (ClientWait wait = waits.begin(LONG)) {
      try {
        new CountDownLatch(1).await();
      } catch (InterruptedException e) {
        ended.add(wait.isAbandoned() ? "abandoned" : "interrupted");
      }
    }
  }
}
