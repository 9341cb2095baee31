package io.github.externalstorage.testkit.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A proxy for an S3 server, or any other plain HTTP/1.1 server, that makes requests fail in ways
 * that a server can't be configured to fail:
 *
 * <pre>{@code
 * try (FaultProxy proxy = FaultProxy.start(URI.create("http://localhost:9000"))) {
 *   S3AsyncClient s3 =
 *       S3StorageClientBuilder.newBuilder().setEndpoint(proxy.getEndpoint()).build();
 *   proxy.setPlan(FaultPlan.first(1, Fault.resetInsideBody()).onlyFor("GET"));
 *   // … run a workflow whose payloads are stored with this client
 * }
 * }</pre>
 *
 * <p>It listens on the loopback interface only. Clients must use path-style access. They sign for
 * the proxy's address, which is passed to the server in the {@code Host} header. Each connection is
 * used for one request. If the server can't be reached, connections are reset. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

  private final URI server;
  private final Set<Connections> open = ConcurrentHashMap.newKeySet();
  private final List<ProxiedRequest> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile FaultPlan plan = FaultPlan.none();
  private @Nullable Listener listener;
  private int port;

  private FaultProxy(URI server) {
    this.server = server;
  }

  /**
   * Starts a proxy on a free port. All requests succeed until a plan is set.
   *
   * @param server the server's address, such as {@code http://localhost:9000}: the scheme must be
   *     {@code http}, and host and port are required
   * @throws IllegalArgumentException if the URI has another form
   */
  public static FaultProxy start(URI server) {
    if (!"http".equalsIgnoreCase(server.getScheme())
        || server.getHost() == null
        || server.getPort() < 0) {
      throw new IllegalArgumentException(
          "The server must be a URI such as http://localhost:9000: " + server);
    }
    FaultProxy proxy = new FaultProxy(server);
    proxy.acceptConnections();
    return proxy;
  }

  /** The proxy's address, which never changes. */
  public synchronized URI getEndpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Sets the plan for all further requests. Default: {@link FaultPlan#none()}. */
  public void setPlan(FaultPlan newPlan) {
    plan = newPlan;
  }

  /** All requests so far, in the order of their arrival. */
  public List<ProxiedRequest> getRequests() {
    return List.copyOf(requests);
  }

  /** Refuses new connections, as if the server were down. Open connections stay open. */
  public synchronized void refuseConnections() {
    if (listener != null) {
      listener.close();
      listener = null;
    }
  }

  /** Accepts connections again, on the same port. */
  public synchronized void acceptConnections() {
    if (listener == null) {
      try {
        listener = new Listener(port, socket -> threads.execute(() -> serve(socket)));
      } catch (IOException e) {
        throw new UncheckedIOException("The proxy can't listen on port " + port, e);
      }
      port = listener.port();
    }
  }

  /** Stops immediately; the connections of active requests are reset. */
  @Override
  public void close() {
    refuseConnections();
    threads.shutdownNow();
    open.forEach(Connections::reset);
  }

  private void serve(Socket client) {
    Connections connections = new Connections(client, server);
    open.add(connections);
    try {
      Optional<HttpMessage> request = HttpMessage.readRequest(connections.client().input());
      if (request.isPresent()) {
        serve(new Exchange(request.get(), connections));
      }
      connections.close();
    } catch (IOException | InterruptedException e) {
      // If a fault or one side resets its connection, the other connection is reset as well.
      connections.reset();
    } finally {
      open.remove(connections);
    }
  }

  private void serve(Exchange exchange) throws IOException, InterruptedException {
    Optional<Fault> fault = plan.next(exchange.method(), exchange.path());
    requests.add(new ProxiedRequest(exchange.method(), exchange.path(), fault));
    if (fault.isPresent()) {
      fault.get().inject(exchange);
    } else {
      exchange.pass(Sender.WHOLE);
    }
  }
}
