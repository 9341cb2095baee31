package io.github.externalstorage.benchmarks.proxy;

import io.github.externalstorage.benchmarks.Commands;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;

/**
 * Stands before an HTTP server: what clients send arrives there one round-trip time later, and what
 * the server answers at once. Connecting is not delayed. Each command sets the delay and is told
 * what passed since the last one.
 */
public final class DelayingProxy {

  private final Traffic traffic = new Traffic();
  private final InetSocketAddress server;
  private volatile Duration delay = Duration.ZERO;

  private DelayingProxy(InetSocketAddress server) {
    this.server = server;
  }

  /**
   * Runs until the input ends.
   *
   * @param args the server's URL
   */
  public static void main(String[] args) throws Exception {
    URI url = URI.create(args[0]);
    DelayingProxy proxy = new DelayingProxy(new InetSocketAddress(url.getHost(), url.getPort()));
    try (ServerSocket listening = new ServerSocket(0, 1024, InetAddress.getLoopbackAddress())) {
      Relay.start(() -> proxy.accept(listening));
      Commands.serve(
          Delay.class,
          command -> {
            proxy.delay = Duration.ofMillis(command.millis());
            return new Passed(listening.getLocalPort(), proxy.traffic.take());
          });
    }
    System.exit(0);
  }

  private void accept(ServerSocket listening) throws IOException {
    while (true) {
      Socket client = listening.accept();
      Socket upstream = new Socket(server.getAddress(), server.getPort());
      client.setTcpNoDelay(true);
      upstream.setTcpNoDelay(true);
      Relay.start(() -> Relay.requests(client, upstream, traffic, () -> delay));
      Relay.start(() -> Relay.answers(upstream, client, traffic));
    }
  }

  /** The command: the round-trip time from now on. */
  record Delay(int millis) {}

  /** The answer. */
  record Passed(int port, Traffic.Counts counts) {}
}
