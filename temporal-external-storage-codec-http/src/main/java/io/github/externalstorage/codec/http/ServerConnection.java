package io.github.externalstorage.codec.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client's connection: request after request, until one side has enough. */
final class ServerConnection implements Runnable {

  /** What it is about now. */
  enum Phase {
    /** Between two requests, or before all headers of one are there. */
    IDLE,
    /** A body is being received. */
    RECEIVING,
    /** A request is there, its reply not yet with the client. */
    ANSWERING
  }

  private static final Logger log = LoggerFactory.getLogger(ServerConnection.class);

  /** Longer than proxies keep theirs, so that none sends a request to a closing one. */
  private static final Duration IDLE_LIMIT = Duration.ofSeconds(75);

  private static final Duration LINGER_LIMIT = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(1);
  private static final int BUFFER = 16 * 1024;

  private final Socket socket;
  private final ServerContext context;
  private final ClientPatience patience = new ClientPatience();
  private volatile Phase phase = Phase.IDLE;
  private volatile long phaseStart = System.nanoTime();

  ServerConnection(Socket socket, ServerContext context) {
    this.socket = socket;
    this.context = context;
  }

  Phase phase() {
    return phase;
  }

  /** When the phase began, by {@link System#nanoTime()}. */
  long phaseStart() {
    return phaseStart;
  }

  /** Whether its thread waits for the client in a call that knows no limit by itself. */
  boolean isStuck() {
    return patience.isOverdue(GRACE);
  }

  /** Ends it, whatever its thread is doing. */
  void close() {
    try {
      // Never the TLS socket: closing that one waits for a thread that is writing.
      socket.close();
    } catch (IOException e) {
      log.debug("A connection could not be closed", e);
    }
  }

  @Override
  public void run() {
    patience.begin(context.clientTimeout());
    try (socket;
        Socket client = context.secure(socket)) {
      Http1Connection http = new Http1Connection(client, patience);
      HttpConversation conversation = new HttpConversation(this, context, http);
      // Idle first, draining second: whoever drains looks in the opposite order.
      while (!context.draining().getAsBoolean() && conversation.serve()) {
        enter(Phase.IDLE, IDLE_LIMIT);
      }
      if (conversation.isInterrupted()) {
        linger(client);
      }
    } catch (IOException e) {
      log.debug("A connection ended", e);
    } catch (RuntimeException e) {
      log.error("A connection failed", new RedactedException(e));
    }
  }

  /** The client is waited for, by its own doing. */
  void enter(Phase next, Duration limit) {
    patience.begin(limit);
    enter(next);
  }

  /** The client waits for us. */
  void work() {
    patience.end();
    enter(Phase.ANSWERING);
  }

  boolean isLoopback() {
    return socket.getLocalAddress().isLoopbackAddress();
  }

  private void enter(Phase next) {
    phaseStart = System.nanoTime();
    phase = next;
  }

  /** Closed with something unread, a connection takes back what was sent last. */
  private void linger(Socket client) throws IOException {
    client.shutdownOutput();
    InputStream in = new ClientInput(client, patience);
    enter(Phase.IDLE, LINGER_LIMIT);
    long end = System.nanoTime() + LINGER_LIMIT.toNanos();
    byte[] unwanted = new byte[BUFFER];
    while (in.read(unwanted) >= 0 && System.nanoTime() < end) {}
  }
}
