package io.github.externalstorage.codec.http;

import static java.util.Objects.requireNonNull;

import io.github.externalstorage.codec.http.internal.server.JdkServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Serves a {@link CodecHandler} with the JDK's {@link com.sun.net.httpserver.HttpServer}: HTTP/1.1,
 * on the loopback interface by default. It also serves {@code GET} of {@code /healthz} (200 while
 * it runs) and {@code /readyz} (503 once it is being closed).
 *
 * <p>The limits of the JDK's server apply, see the system properties of the module {@code
 * jdk.httpserver}; it closes connections that are idle for 30 seconds. Two of these properties are
 * set by this class if they are not set: {@code sun.net.httpserver.nodelay} to true, since on JDK
 * 17 each response is otherwise delayed, and {@code sun.net.httpserver.maxIdleConnections} to
 * 10,000, since beyond the default of 200 idle connections, it closes some that clients expect to
 * stay open. For a path that consists of two slashes and an operation, such as {@code //decode},
 * the JDK's server responds with 404: configure clients without a slash at the end of the endpoint.
 *
 * <p>If its accepting thread fails, for example because the JVM runs out of memory, the server
 * closes its port, logs the error, and passes it on to the JVM's {@linkplain
 * Thread#getDefaultUncaughtExceptionHandler() default handler}. Thread-safe.
 */
public final class CodecServer implements AutoCloseable {

  private final JdkServer server;
  private final Duration drainTimeout;

  private CodecServer(JdkServer server, Duration drainTimeout) {
    this.server = server;
    this.drainTimeout = drainTimeout;
  }

  /** A builder with the defaults. */
  public static Builder newBuilder(CodecHandler handler) {
    return new Builder(handler);
  }

  /** The port that the server listens on. */
  public int getPort() {
    return server.port();
  }

  /**
   * Closes the port, waits for requests in progress for as long as {@link Builder#setDrainTimeout}
   * allows, and closes all connections. Further calls do nothing.
   */
  @Override
  public void close() {
    server.close(drainTimeout);
  }

  /** Starts {@link CodecServer}s. Not thread-safe. */
  public static final class Builder {

    private final CodecHandler handler;
    private String host = "127.0.0.1";
    private int port = 8081;
    private @Nullable SSLContext sslContext;
    private Duration drainTimeout = Duration.ofSeconds(30);

    private Builder(CodecHandler handler) {
      this.handler = requireNonNull(handler, "handler");
    }

    /**
     * The name or address to listen on; {@code 0.0.0.0} for all interfaces. Default: {@code
     * 127.0.0.1}, which other machines cannot reach.
     */
    public Builder setHost(String hostName) {
      host = requireNonNull(hostName, "hostName");
      return this;
    }

    /**
     * The port to listen on; 0 for any free one. 0 to 65535. Default: 8081.
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

    /**
     * Serves HTTPS with these keys. For keys that change while the server runs, use a key manager
     * that picks up the new ones. Default: null, for plain HTTP.
     */
    public Builder setSslContext(@Nullable SSLContext context) {
      sslContext = context;
      return this;
    }

    /**
     * How long {@link CodecServer#close()} waits for requests in progress; then their connections
     * are closed. 0 to 1 hour. Default: 30 s.
     *
     * @throws IllegalArgumentException if out of range
     */
    public Builder setDrainTimeout(Duration timeout) {
      if (timeout.isNegative() || timeout.compareTo(Duration.ofHours(1)) > 0) {
        throw new IllegalArgumentException("drainTimeout must be 0 to 1 hour, not " + timeout);
      }
      drainTimeout = timeout;
      return this;
    }

    /**
     * Starts the server.
     *
     * @throws IllegalStateException if other machines could connect, but the handler has no
     *     authenticator; or if another library on the class path takes the place of the JDK's HTTP
     *     server
     * @throws IOException if the server can't listen, for example because the port is in use
     */
    public CodecServer start() throws IOException {
      InetAddress address = InetAddress.getByName(host);
      if (!address.isLoopbackAddress() && !handler.service().admitsOtherMachines()) {
        throw new IllegalStateException(
            "Other machines could read decoded payloads on %s, and the codec server has no authentication: call CodecHandler's setAuthenticator; or setUnauthenticatedAllowed(true) if something in front of it authenticates; or listen on 127.0.0.1"
                .formatted(host));
      }
      try {
        InetSocketAddress socket = new InetSocketAddress(address, port);
        return new CodecServer(
            JdkServer.start(handler.service(), socket, sslContext), drainTimeout);
      } catch (IOException e) {
        throw new IOException(
            "The codec server can't listen on %s:%d: %s".formatted(host, port, e.getMessage()), e);
      }
    }
  }
}
