package io.github.externalstorage.cli.codecserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Disconnects clients that send their request or take their reply slowly while other requests wait
 * for a thread: first those that have kept the server waiting longest. Thread-safe.
 */
final class SlowClients implements AutoCloseable {

  private static final long CHECK_INTERVAL_MILLIS = 50;
  private static final Duration MIN_WAIT = Duration.ofMillis(100);

  private final Set<Client> clients = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "slow-clients");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * @param waitingRequests how many requests wait for a thread
   */
  SlowClients(LongSupplier waitingRequests) {
    timer.scheduleWithFixedDelay(
        () -> disconnect(waitingRequests.getAsLong()),
        CHECK_INTERVAL_MILLIS,
        CHECK_INTERVAL_MILLIS,
        TimeUnit.MILLISECONDS);
  }

  /** A handler whose clients are watched. */
  HttpHandler watch(HttpHandler handler) {
    return exchange -> {
      Client client = new Client(Thread.currentThread());
      exchange.setStreams(new ClientInput(exchange, client), new ClientOutput(exchange, client));
      clients.add(client);
      try {
        handler.handle(exchange);
      } finally {
        clients.remove(client);
      }
    };
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void disconnect(long count) {
    if (count > 0) {
      clients.stream()
          .filter(Client::isSlow)
          .sorted(Comparator.comparingLong(client -> client.phaseStart))
          .limit(count)
          .forEach(Client::disconnect);
    }
  }

  private interface IoCall<T> {
    T run() throws IOException;
  }

  /** A request's client, and whether its thread waits for it now. */
  private static final class Client {

    private final Thread thread;
    private volatile long phaseStart = System.nanoTime();
    private boolean waiting;
    private boolean disconnected;

    Client(Thread thread) {
      this.thread = thread;
    }

    /** Begins with the reply: what was spent on the request's work is not the client's fault. */
    void startReply() {
      phaseStart = System.nanoTime();
    }

    synchronized boolean isSlow() {
      return waiting && System.nanoTime() - phaseStart > MIN_WAIT.toNanos();
    }

    /** Interrupts what waits for the client, which then fails. */
    synchronized void disconnect() {
      if (waiting && !disconnected) {
        disconnected = true;
        thread.interrupt();
      }
    }

    <T> T await(IoCall<T> call) throws IOException {
      setWaiting(true);
      try {
        return call.run();
      } finally {
        setWaiting(false);
      }
    }

    private synchronized void setWaiting(boolean now) throws InterruptedIOException {
      waiting = now;
      if (disconnected) {
        boolean unused = Thread.interrupted();
        throw new InterruptedIOException("The client was too slow while others were waiting");
      }
    }
  }

  private static final class ClientInput extends FilterInputStream {

    private final Client client;

    ClientInput(HttpExchange exchange, Client client) {
      super(exchange.getRequestBody());
      this.client = client;
    }

    private InputStream source() {
      return in;
    }

    @Override
    public int read() throws IOException {
      return client.await(source()::read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return client.await(() -> source().read(bytes, offset, length));
    }
  }

  private static final class ClientOutput extends FilterOutputStream {

    private final HttpExchange exchange;
    private final Client client;
    private boolean started;

    ClientOutput(HttpExchange exchange, Client client) {
      super(exchange.getResponseBody());
      this.exchange = exchange;
      this.client = client;
    }

    private OutputStream sink() {
      if (!started) {
        started = true;
        client.startReply();
      }
      return out;
    }

    @Override
    public void write(int b) throws IOException {
      OutputStream sink = sink();
      client.await(
          () -> {
            sink.write(b);
            return true;
          });
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      OutputStream sink = sink();
      client.await(
          () -> {
            sink.write(bytes, offset, length);
            return true;
          });
    }

    @Override
    public void flush() throws IOException {
      OutputStream sink = sink();
      client.await(
          () -> {
            sink.flush();
            return true;
          });
    }

    @Override
    public void close() throws IOException {
      if (exchange.getResponseCode() <= 0) {
        // Jetty would answer 200.
        throw new IOException("The request was not answered");
      }
      OutputStream sink = sink();
      client.await(
          () -> {
            sink.close();
            return true;
          });
    }
  }
}
