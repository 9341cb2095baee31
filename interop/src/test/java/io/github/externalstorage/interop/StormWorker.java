package io.github.externalstorage.interop;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** A worker in a JVM of its own; each time it is killed, the next one is on the other route. */
final class StormWorker implements Closeable {

  private final Map<String, String> environment;
  private final String taskQueue;
  private boolean isNative = true;
  private Program program;

  StormWorker(String taskQueue, URI s3) throws IOException {
    this.taskQueue = taskQueue;
    environment = Map.of("S3_ENDPOINT", s3.toString());
    program = start();
  }

  /** Kills the worker in the middle of what it does, and starts another. */
  void killAndStartAgain() throws IOException, InterruptedException {
    program.kill();
    isNative = !isNative;
    program = start();
  }

  private Program start() throws IOException {
    String[] arguments = {"storm-worker", taskQueue, "storing"};
    return isNative
        ? Program.java(environment, arguments)
        : Program.javaSdk138(environment, arguments);
  }

  @Override
  public void close() {
    program.close();
  }
}
