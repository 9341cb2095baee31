package io.github.externalstorage.codec.http;

/** A server of a test. */
record TestServer(int port, Runnable stop) implements AutoCloseable {

  @Override
  public void close() {
    stop.run();
  }
}
