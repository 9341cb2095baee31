package io.github.externalstorage.codec.http.internal.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import com.sun.net.httpserver.spi.HttpServerProvider;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDK's server around a {@link CodecService}. */
public final class JdkServer {

  private static final Logger log = LoggerFactory.getLogger(JdkServer.class);
  private static final int BACKLOG = 1024;

  // The JDK reads these once, for the first server of the JVM.
  static {
    // Without it, each response takes 40 ms on JDK 17.
    setIfMissing("sun.net.httpserver.nodelay", "true");
    // Beyond this number (200 by default), the JDK closes connections without announcing it in the
    // response, so that a client's next request may fail.
    setIfMissing("sun.net.httpserver.maxIdleConnections", "10000");
  }

  private final HttpServer server;
  private final ServerThreads threads;
  private final CodecService service;
  private final HealthPages health;
  private final AtomicBoolean closing = new AtomicBoolean();

  /** One party is the server itself, the others are requests. */
  private final Phaser requests = new Phaser(1);

  private static void setIfMissing(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  private JdkServer(HttpServer server, CodecService service) {
    this.server = server;
    this.service = service;
    CodecSettings.Limits limits = service.settings().limits();
    threads =
        new ServerThreads(
            limits.maxConcurrentTransfers()
                + limits.maxConcurrentRequests()
                + limits.maxQueuedRequests(),
            service.waits(),
            limits.clientTimeout());
    health = new HealthPages(closing::get, service.sender());
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /**
   * Starts a server.
   *
   * @param tls its keys, null for plain HTTP
   * @throws IllegalStateException if the JVM's HTTP server is not that of the JDK
   * @throws IOException if it can't listen
   */
  public static JdkServer start(
      CodecService service, InetSocketAddress address, @Nullable SSLContext tls)
      throws IOException {
    requireJdk(HttpServerProvider.provider());
    HttpServer server = create(address, tls);
    JdkServer started = new JdkServer(server, service);
    // The server's own thread inherits the group.
    Thread starter = new Thread(new ServerThreadGroup(server), server::start, "codec-server-start");
    starter.start();
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return started;
  }

  /** Another library on the class path, such as Jetty's, may take the place of the JDK's server. */
  private static void requireJdk(HttpServerProvider provider) {
    if (provider.getClass().getModule() != HttpServer.class.getModule()) {
      throw new IllegalStateException(
          "CodecServer needs the HTTP server of the JDK, but the class path has %s. Start the JVM with -Dcom.sun.net.httpserver.HttpServerProvider=sun.net.httpserver.DefaultHttpServerProvider, or add the CodecHandler to a server of your own"
              .formatted(provider.getClass().getName()));
    }
  }

  private static HttpServer create(InetSocketAddress address, @Nullable SSLContext tls)
      throws IOException {
    if (tls == null) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer https = HttpsServer.create(address, BACKLOG);
    https.setHttpsConfigurator(new HttpsConfigurator(tls));
    return https;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  /** Closes it; further calls do nothing. */
  public void close(Duration drainTimeout) {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    // Closes the port at once; how long it then waits does not matter.
    Thread stopping =
        new Thread(() -> server.stop((int) drainTimeout.toSeconds() + 1), "codec-server-stop");
    stopping.start();
    try {
      requests.awaitAdvanceInterruptibly(
          requests.arrive(), drainTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      log.warn("Some requests were not completed within {} and are aborted", drainTimeout);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      server.stop(0);
      threads.shutdown();
    }
  }

  private void handle(HttpExchange http) throws IOException {
    threads.headReceived();
    requests.register();
    try {
      if (!health.handle(http)) {
        service.handle(http, closing::get);
      }
    } finally {
      requests.arriveAndDeregister();
    }
  }

  /** The group of the JDK server's accepting thread, without which the server does not work. */
  private static final class ServerThreadGroup extends ThreadGroup {

    private final HttpServer server;

    ServerThreadGroup(HttpServer server) {
      super("codec-server");
      this.server = server;
    }

    @Override
    public void uncaughtException(Thread thread, Throwable e) {
      log.error("The codec server stops, because its accepting thread failed", e);
      server.stop(0);
      super.uncaughtException(thread, e);
    }
  }
}
