package io.github.externalstorage.codec.http;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes in connections, and gives each a thread. */
final class Acceptor implements Runnable {

  private static final Logger log = LoggerFactory.getLogger(Acceptor.class);
  private static final int SEND_BUFFER = 512 * 1024;
  private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMillis(100);

  private final ServerSocket listener;
  private final ServerContext context;
  private final ServerConnections connections;

  /** As many as connections: those have their own bound. */
  private final ExecutorService threads =
      Executors.newCachedThreadPool(NamedThreads.daemons("codec-connection-"));

  Acceptor(ServerSocket listener, ServerContext context, ServerConnections connections) {
    this.listener = listener;
    this.context = context;
    this.connections = connections;
  }

  @Override
  public void run() {
    while (!listener.isClosed()) {
      try {
        accept(listener.accept());
      } catch (IOException e) {
        if (!listener.isClosed()) {
          // Such as too many open files, which passes.
          log.warn("A connection could not be accepted", e);
          LockSupport.parkNanos(PAUSE_AFTER_FAILURE.toNanos());
        }
      }
    }
    threads.shutdown();
  }

  private void accept(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    // More would hide for long that a client does not read.
    socket.setSendBufferSize(SEND_BUFFER);
    ServerConnection connection = new ServerConnection(socket, context);
    if (connections.admit(connection)) {
      threads.execute(() -> serve(connection));
    } else {
      refuse(socket);
    }
  }

  private void serve(ServerConnection connection) {
    try {
      connection.run();
    } finally {
      connections.remove(connection);
    }
  }

  private void refuse(Socket socket) throws IOException {
    try (socket) {
      // What is this short does not wait for the client, but a TLS handshake would.
      if (context.tls() == null) {
        Refusal refusal = Refusal.overloaded("Too many connections; try again");
        new Http1Connection(socket, new ClientPatience()).send(refusal.toReply(), false, true);
      }
    }
  }
}
