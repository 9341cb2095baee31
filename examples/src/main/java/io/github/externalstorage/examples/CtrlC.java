package io.github.externalstorage.examples;

import com.google.common.util.concurrent.Uninterruptibles;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Ctrl-C, or any other wish that the process may end, as something to wait for. The JVM ends when
 * this is closed: to be opened first, so that it is closed last.
 */
final class CtrlC implements AutoCloseable {

  private static final Duration GRACE = Duration.ofSeconds(20);

  private final CountDownLatch pressed = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);

  CtrlC() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::shutDown, "ctrl-c"));
  }

  void await() {
    Uninterruptibles.awaitUninterruptibly(pressed);
  }

  @Override
  public void close() {
    closed.countDown();
  }

  private void shutDown() {
    pressed.countDown();
    var unused = Uninterruptibles.awaitUninterruptibly(closed, GRACE);
  }
}
