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
 * Stands in front of an S3 server, or any other that speaks plain HTTP/1.1, and lets requests fail
 * in ways that a server can't be asked for:
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
 * <p>Listens on the loopback interface only. Clients name the bucket in the path, and sign for the
 * proxy's address, which the server is told as its host. Each connection carries one request. While
 * the server can't be reached, connections are reset. Thread-safe.
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
   * Starts a proxy on a free port. It serves every request until it is given a plan.
   *
   * @param server what it stands in front of, such as {@code http://localhost:9000}: the scheme is
   *     {@code http}, and there are a host and a port
   * @throws IllegalArgumentException if the URI is another
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

  /** Where clients find the proxy; the same all its life. */
  public synchronized URI getEndpoint() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** Decides on the requests from now on. Default: {@link FaultPlan#none()}. */
  public void setPlan(FaultPlan newPlan) {
    plan = newPlan;
  }

  /** All requests so far, in the order in which they came. */
  public List<ProxiedRequest> getRequests() {
    return List.copyOf(requests);
  }

  /** Refuses connections, as the machine of a server does that is down. What is open stays so. */
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

  /** Stops at once; requests under way are reset. */
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
      // What one side breaks off, or a fault, breaks off for the other as well.
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
