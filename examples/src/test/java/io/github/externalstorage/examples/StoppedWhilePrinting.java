package io.github.externalstorage.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/**
 * Runs the example. Once it has printed that Ctrl-C stops it, it goes on only when the JVM is
 * shutting down: the earliest moment at which a user may stop it.
 */
final class StoppedWhilePrinting extends PrintStream {

  private final CountDownLatch shuttingDown;

  private StoppedWhilePrinting(PrintStream out, CountDownLatch shuttingDown) {
    super(out, true);
    this.shuttingDown = shuttingDown;
  }

  public static void main(String[] args) {
    CountDownLatch shuttingDown = new CountDownLatch(1);
    Runtime.getRuntime().addShutdownHook(new Thread(shuttingDown::countDown));
    System.setOut(new StoppedWhilePrinting(System.out, shuttingDown));
    Main.main(args);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, length);
    if (new String(bytes, offset, length, UTF_8).contains("Ctrl-C to stop")) {
      Uninterruptibles.awaitUninterruptibly(shuttingDown);
    }
  }
}
