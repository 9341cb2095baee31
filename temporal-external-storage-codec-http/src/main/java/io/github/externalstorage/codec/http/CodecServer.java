package io.github.externalstorage.codec.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A small HTTP/1.1 server around a {@link CodecHandler}, which speaks HTTP by <a
 * href="https://hc.apache.org/httpcomponents-core-5.4.x/">Apache HttpComponents Core</a>. It also
 * answers {@code GET} of {@code /healthz} (200 while it runs) and {@code /readyz} (503 once it is
 * being closed).
 *
 * <p>A client may take its time to send a request and to take the reply, and longer for large ones,
 * but not as long as it likes. When there are too many connections, the one that has kept the
 * server waiting longest gives way; when all of them are being answered, a further one is answered
 * 503. Thread-safe.
 */
public final class CodecServer implements AutoCloseable {

  private static final int BACKLOG = 1024;
  private static final long REAPING_INTERVAL_MILLIS = 250;

  private final ServerSocket listener;
  private final ServerConnections connections;
  private final Duration drainTimeout;
  private final Thread acceptor;
  private final ScheduledExecutorService reaper =
      Executors.newSingleThreadScheduledExecutor(NamedThreads.daemons("codec-reaper-"));
  private final AtomicBoolean closing = new AtomicBoolean();

  private CodecServer(Builder builder, ServerSocket listener) {
    this.listener = listener;
    connections = new ServerConnections(builder.maxConnections);
    drainTimeout = builder.drainTimeout;
    ServerContext context =
        new ServerContext(
            builder.handler.service(),
            new StatusPages(() -> !closing.get(), Map.copyOf(builder.statusPages)),
            builder.sslContext,
            builder.clientTimeout,
            closing::get);
    reaper.scheduleWithFixedDelay(
        connections::closeStuck,
        REAPING_INTERVAL_MILLIS,
        REAPING_INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
    acceptor = new Thread(new Acceptor(listener, context, connections), "codec-acceptor");
    acceptor.start();
  }

  /** A builder with the defaults. */
  public static Builder newBuilder(CodecHandler handler) {
    return new Builder(handler);
  }

  /** The port that the server listens on. */
  public int getPort() {
    return listener.getLocalPort();
  }

  /**
   * Takes no further connections, waits for the requests that are under way as long as {@link
   * Builder#setDrainTimeout} allows, and ends. Further calls do nothing.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    try {
      listener.close();
      // Until it leaves accept(), the kernel goes on taking connections in.
      acceptor.join();
      connections.drain(drainTimeout);
    } catch (IOException e) {
      throw new UncheckedIOException("The codec server's port could not be closed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reaper.shutdownNow();
    }
  }

  /** Starts {@link CodecServer}s. Not thread-safe. */
  public static final class Builder {

    private final CodecHandler handler;
    private String host = "127.0.0.1";
    private int port = 8081;
    private @Nullable Supplier<SSLContext> sslContext;
    private final Map<String, Supplier<StatusPage>> statusPages = new HashMap<>();
    private boolean unauthenticatedAllowed;
    private int maxConnections = 512;
    private Duration clientTimeout = Duration.ofSeconds(30);
    private Duration drainTimeout = Duration.ofSeconds(30);

    private Builder(CodecHandler handler) {
      this.handler = handler;
    }

    /**
     * The name or address to listen on; {@code 0.0.0.0} for all of this machine. Default: {@code
     * 127.0.0.1}, which other machines do not reach.
     */
    public Builder setHost(String hostName) {
      host = hostName;
      return this;
    }

    /**
     * The port to listen on, 0 for any that is free. 0 to 65535. Default: 8081.
     *
     * @throws IllegalArgumentException if out of range
     */
    public Builder setPort(int number) {
      if (number < 0 || number > 0xffff) {
        throw new IllegalArgumentException("port must be 0 to 65535, not " + number);
      }
      port = number;
      return this;
    }

    /** Serves HTTPS with these keys. The same as a supplier of them. Default: plain HTTP. */
    public Builder setSslContext(SSLContext context) {
      return setSslContext(() -> context);
    }

    /**
     * Serves HTTPS with keys that may change: they are asked for at each new connection, so it
     * should be quick; thread-safe. Default: plain HTTP.
     */
    public Builder setSslContext(Supplier<SSLContext> context) {
      sslContext = context;
      return this;
    }

    /**
     * Answers {@code GET} of a path, such as {@code /metrics}, without authentication. Asked at
     * each request; thread-safe. Default: none but {@code /healthz} and {@code /readyz}.
     *
     * @throws IllegalArgumentException if the path does not begin with a slash
     */
    public Builder addStatusPage(String path, Supplier<StatusPage> page) {
      if (!path.startsWith("/")) {
        throw new IllegalArgumentException("A path begins with a slash: '" + path + "'");
      }
      statusPages.put(path, page);
      return this;
    }

    /**
     * Whether other machines may be served although the handler has no authenticator, since
     * something in front of the server decides who may ask. Default: false.
     */
    public Builder setUnauthenticatedAllowed(boolean allowed) {
      unauthenticatedAllowed = allowed;
      return this;
    }

    /**
     * How many connections are open at once; each has a thread. At least 1. Default: 512.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxConnections(int connections) {
      if (connections < 1) {
        throw new IllegalArgumentException("maxConnections must be at least 1, not " + connections);
      }
      maxConnections = connections;
      return this;
    }

    /**
     * How long a client may take to send the headers of a request, to send its body, and to take
     * the reply, each; 1 s is added for every 256 KiB that moved. Positive. Default: 30 s.
     *
     * @throws IllegalArgumentException if not positive
     */
    public Builder setClientTimeout(Duration timeout) {
      if (timeout.isNegative() || timeout.isZero()) {
        throw new IllegalArgumentException("clientTimeout must be positive: " + timeout);
      }
      clientTimeout = timeout;
      return this;
    }

    /**
     * How long {@link CodecServer#close()} waits for requests that are under way; then their
     * connections are closed. Not negative. Default: 30 s.
     *
     * @throws IllegalArgumentException if negative
     */
    public Builder setDrainTimeout(Duration timeout) {
      if (timeout.isNegative()) {
        throw new IllegalArgumentException("drainTimeout must not be negative: " + timeout);
      }
      drainTimeout = timeout;
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalArgumentException if other machines could reach it, and nobody decides who may
     *     ask
     * @throws IOException if it can't listen, for one because the port is taken
     */
    public CodecServer start() throws IOException {
      InetAddress address = InetAddress.getByName(host);
      if (handler.service().isOpen() && !unauthenticatedAllowed && !address.isLoopbackAddress()) {
        throw new IllegalArgumentException(
            "On %s, other machines can read what the codec server decodes, and it has no authenticator; set one with CodecHandler's setAuthenticator, listen on 127.0.0.1, or call setUnauthenticatedAllowed(true) if something in front of it decides who may ask"
                .formatted(host));
      }
      ServerSocket listener = new ServerSocket();
      try {
        listener.setReuseAddress(true);
        listener.bind(new InetSocketAddress(address, port), BACKLOG);
      } catch (IOException e) {
        listener.close();
        throw new IOException(
            "The codec server can't listen on %s:%d: %s".formatted(host, port, e.getMessage()), e);
      }
      return new CodecServer(this, listener);
    }
  }
}
