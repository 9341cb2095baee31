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
 * A proxy for an HTTP server that delays requests and responses by half a round-trip time each.
 * Connecting is not delayed. Each command sets the round-trip time and returns the traffic since
 * the last command.
 */
public final class DelayingProxy {

  private final Traffic traffic = new Traffic();
  private final InetSocketAddress server;
  private volatile Duration oneWay = Duration.ZERO;

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
          RoundTrip.class,
          command -> {
            proxy.oneWay = Duration.ofMillis(command.millis()).dividedBy(2);
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
      RequestCounter requests = new RequestCounter(traffic);
      Relay.start(() -> Relay.pass(client, upstream, requests::accept, () -> oneWay));
      Relay.start(
          () ->
              Relay.pass(
                  upstream, client, (bytes, length) -> traffic.received(length), () -> oneWay));
    }
  }

  /** The command: the new round-trip time. */
  record RoundTrip(int millis) {}

  /** The response. */
  record Passed(int port, Traffic.Counts counts) {}
}
