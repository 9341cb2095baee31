package io.github.externalstorage.interop;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Whom a test brings together; all are gone when it ends, the last first. */
final class Stage implements Closeable {

  private final Servers servers;
  private final Deque<Closeable> entered = new ArrayDeque<>();

  Stage(Servers servers) {
    this.servers = servers;
  }

  Bucket bucket() {
    return servers.bucket();
  }

  /** A starter in Java, on the newest SDK. */
  Participant java() {
    return enter(new Participant(servers));
  }

  /** A worker in Java, on the newest SDK. */
  JavaWorker javaWorker(String taskQueue) {
    return enter(JavaWorker.start(new Participant(servers), taskQueue));
  }

  /** The same, for activities only. */
  JavaWorker javaActivityWorker(String taskQueue) {
    return enter(JavaWorker.startForActivities(new Participant(servers), taskQueue));
  }

  /** A script of {@code interop/python}. */
  Program python(String script, String... arguments) throws IOException {
    return enter(Program.python(script, arguments));
  }

  /** {@link JavaProgram} on SDK 1.38, which has no storage of its own. */
  Program javaSdk138(String... arguments) throws IOException {
    return enter(Program.javaSdk138(arguments));
  }

  /** Lets someone go before the test ends. */
  void leave(Closeable leaving) throws IOException {
    entered.remove(leaving);
    leaving.close();
  }

  private <T extends Closeable> T enter(T entering) {
    entered.push(entering);
    return entering;
  }

  @Override
  public void close() throws IOException {
    while (!entered.isEmpty()) {
      entered.pop().close();
    }
  }
}
