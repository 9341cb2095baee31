package io.github.externalstorage.codec.http.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ServerThreadsTest {

  private static final int CONNECTIONS = 400;

  /** As if the system limits the number of threads. */
  private static final class FewThreads implements ThreadFactory {

    private final AtomicInteger left = new AtomicInteger(10);

    @Override
    public Thread newThread(Runnable task) {
      Thread thread =
          new Thread(task) {
            @Override
            public synchronized void start() {
              if (left.getAndDecrement() <= 0) {
                throw new OutOfMemoryError("unable to create native thread");
              }
              super.start();
            }
          };
      thread.setDaemon(true);
      return thread;
    }
  }

  @Test
  void othersAreServedWhenNoFurtherThreadCanBeStarted() throws InterruptedException {
    CountDownLatch served = new CountDownLatch(1);
    CountDownLatch never = new CountDownLatch(1);
    ServerThreads threads =
        new ServerThreads(
            CONNECTIONS, new ClientWaits(CONNECTIONS), Duration.ofHours(1), new FewThreads());

    for (int i = 0; i < CONNECTIONS; i++) {
      threads.execute(() -> awaitClient(never));
    }
    threads.execute(served::countDown);

    assertThat(served.await(1, TimeUnit.MINUTES)).isTrue();
    threads.shutdown();
  }

  @Test
  void aThreadOutlivesAnErrorOfItsTask() throws InterruptedException {
    CountDownLatch served = new CountDownLatch(1);
    ServerThreads threads =
        new ServerThreads(1, new ClientWaits(CONNECTIONS), Duration.ofHours(1), new FewThreads());

    for (int i = 0; i < 20; i++) {
      threads.execute(
          () -> {
            throw new OutOfMemoryError("test");
          });
    }
    threads.execute(served::countDown);

    assertThat(served.await(1, TimeUnit.MINUTES)).isTrue();
    threads.shutdown();
  }

  private static void awaitClient(CountDownLatch never) {
    try {
      never.await();
    } catch (InterruptedException e) {
      // The client was disconnected in favor of another.
    }
  }
}
