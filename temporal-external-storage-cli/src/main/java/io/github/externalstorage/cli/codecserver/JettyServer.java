package io.github.externalstorage.cli.codecserver;

import com.google.common.net.HostAndPort;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.externalstorage.codec.http.internal.protocol.OriginPolicy;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.eclipse.jetty.alpn.server.ALPNServerConnectionFactory;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.spi.JettyHttpServer;
import org.eclipse.jetty.http2.server.HTTP2ServerConnectionFactory;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HostHeaderCustomizer;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.QoSHandler;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves a handler with Jetty, with HTTP/2 over TLS. A connection uses no thread until its request
 * has begun; all threads are created at the start, so that the server does not depend on creating
 * one later.
 */
final class JettyServer implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(JettyServer.class);

  /** Threads that no request uses: the acceptor, the selector, health checks and Jetty's own. */
  private static final int SPARE_THREADS = 8;

  /** For large tokens and cookies. */
  private static final int MAX_REQUEST_HEAD_SIZE = 16 << 10;

  private final Server server;
  private final ServerConnector connector;
  private final IdleConnections connections;
  private final Optional<SslContextFactory.Server> tls;

  /**
   * Starts it.
   *
   * @param ready whether requests can be served, for load balancers
   * @param keys the certificate and key; empty for plain HTTP
   * @throws IOException if the port is in use
   */
  JettyServer(
      ServerOptions options,
      HttpHandler handler,
      Supplier<CompletableFuture<Boolean>> ready,
      Optional<TlsKeys> keys)
      throws IOException {
    int threads = options.maxActiveRequests() + SPARE_THREADS;
    server = new Server(new QueuedThreadPool(threads, threads));
    tls = keys.map(JettyServer::tls);
    connector = connector(server, protocols(tls));
    connector.setHost(options.address().getHostString());
    connector.setPort(options.address().getPort());
    connector.setIdleTimeout(options.clientTimeout().toMillis());
    server.addConnector(connector);
    ContextHandlerCollection contexts = new ContextHandlerCollection();
    QoSHandler requests = new QoSHandler(contexts);
    requests.setMaxRequestCount(options.maxActiveRequests());
    requests.setMaxSuspendedRequestCount(options.maxQueuedRequests());
    requests.setMaxSuspend(options.requestTimeout());
    GracefulHandler graceful = new GracefulHandler(requests);
    connections =
        new IdleConnections(
            options.maxConnections(),
            options.clientTimeout(),
            new HealthHandler(
                graceful,
                () ->
                    graceful.isShutdown()
                        ? CompletableFuture.completedFuture(false)
                        : ready.get()));
    connector.addBean(connections);
    server.setHandler(connections);
    server.setStopTimeout(options.drainTimeout().toMillis());
    OriginPolicy origins = new OriginPolicy(options.allowedOrigins());
    server.setErrorHandler(
        (request, response, callback) -> {
          // A page can then read a response that is not the handler's.
          origins.allow(
              request.getHeaders().getValuesList(HttpHeader.ORIGIN), response.getHeaders()::put);
          response.write(true, BufferUtil.EMPTY_BUFFER, callback);
          return true;
        });
    new JettyHttpServer(server, true).createContext("/", exchange -> handle(exchange, handler));
    start();
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Uses other keys for connections from now on. */
  void reload(TlsKeys keys) {
    try {
      tls.orElseThrow().reload(factory -> factory.setSslContext(keys.context()));
    } catch (Exception e) {
      throw new IllegalStateException("The certificate could not be reloaded", e);
    }
  }

  /** Accepts no more connections, completes the requests in progress, and stops. */
  @Override
  public void close() {
    connections.shutDown();
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("The server was not stopped properly", e);
    }
  }

  private void start() throws IOException {
    try {
      connector.open();
    } catch (IOException e) {
      close();
      throw new IOException(
          "The codec server can't listen on %s: %s"
              .formatted(
                  HostAndPort.fromParts(connector.getHost(), connector.getPort()), e.getMessage()),
          e);
    }
    try {
      server.start();
    } catch (Exception e) {
      close();
      throw new IOException("The codec server can't start: " + e.getMessage(), e);
    }
  }

  private static void handle(HttpExchange exchange, HttpHandler handler) throws IOException {
    exchange.setStreams(exchange.getRequestBody(), new ResponseBody(exchange));
    try {
      handler.handle(exchange);
    } catch (VirtualMachineError e) {
      FatalErrors.exitIfFatal(e);
      throw e;
    }
  }

  private static SslContextFactory.Server tls(TlsKeys keys) {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setSslContext(keys.context());
    return factory;
  }

  private static ServerConnector connector(Server server, ConnectionFactory... protocols) {
    return new ServerConnector(server, 1, 1, protocols) {
      @Override
      protected SocketChannelEndPoint newEndPoint(
          SocketChannel channel, ManagedSelector selector, SelectionKey key) {
        SocketChannelEndPoint connection = new FairEndPoint(channel, selector, key, getScheduler());
        connection.setIdleTimeout(getIdleTimeout());
        return connection;
      }
    };
  }

  private static ConnectionFactory[] protocols(Optional<SslContextFactory.Server> tls) {
    HttpConfiguration config = new HttpConfiguration();
    config.setSendServerVersion(false);
    config.setRequestHeaderSize(MAX_REQUEST_HEAD_SIZE);
    config.setHttpCompliance(HttpCompliance.STRICT);
    // The Web UI posts to //decode if its endpoint ends in a slash.
    config.setUriCompliance(
        new UriCompliance(
            "empty segments", EnumSet.of(UriCompliance.Violation.AMBIGUOUS_EMPTY_SEGMENT)));
    config.addCustomizer(new HostHeaderCustomizer());
    HttpConnectionFactory http1 = new HttpConnectionFactory(config);
    if (tls.isEmpty()) {
      return new ConnectionFactory[] {http1};
    }
    ALPNServerConnectionFactory alpn = new ALPNServerConnectionFactory();
    alpn.setDefaultProtocol(http1.getProtocol());
    return new ConnectionFactory[] {
      new SslConnectionFactory(tls.get(), alpn.getProtocol()),
      alpn,
      new HTTP2ServerConnectionFactory(config),
      http1
    };
  }

  /**
   * Fails where Jetty would respond 200, because a handler closes an exchange without a response.
   */
  private static final class ResponseBody extends FilterOutputStream {

    private final HttpExchange exchange;

    ResponseBody(HttpExchange exchange) {
      super(exchange.getResponseBody());
      this.exchange = exchange;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (exchange.getResponseCode() <= 0) {
        throw new IOException("The exchange was closed without a response");
      }
      out.close();
    }
  }
}
