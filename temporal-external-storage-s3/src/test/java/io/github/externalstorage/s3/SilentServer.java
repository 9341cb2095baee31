package io.github.externalstorage.s3;

import io.github.externalstorage.driver.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Accepts requests and never completes a response. Reports for each connection when a request
 * arrives and when the client closes it.
 */
final class SilentServer implements AutoCloseable {

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Connection> connections = new LinkedBlockingQueue<>();
  private final UnaryOperator<String> answers;
  private final ServerSocket server;

  /**
   * @param answers maps the first bytes of a request to the first bytes of the response
   */
  SilentServer(UnaryOperator<String> answers) {
    this.answers = answers;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** Waits for the next connection with a request. */
  Connection awaitRequest() throws InterruptedException {
    return connections.take();
  }

  /**
   * The failure of calls that end after a short time. On a busy machine that may be over before a
   * request comes, so calls until one has come, and then waits until its connection is closed.
   */
  StorageException awaitFailure(Supplier<CompletableFuture<?>> call) {
    StorageException failure;
    Connection connection;
    do {
      failure = Samples.failure(call.get());
      connection = connections.poll();
    } while (connection == null && !Thread.currentThread().isInterrupted());
    Objects.requireNonNull(connection, "No request came").hungUp().join();
    return failure;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    CompletableFuture<Void> hungUp = new CompletableFuture<>();
    try (socket) {
      InputStream in = socket.getInputStream();
      byte[] buffer = new byte[8192];
      int length = in.read(buffer);
      if (length > 0) {
        String request = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        connections.add(new Connection(request, hungUp));
        String answer = answers.apply(request);
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
      }
      while (in.read(buffer) >= 0) {
        // Discards the rest of the request.
      }
    } catch (SocketException e) {
      // The client reset the connection.
    } catch (IOException e) {
      hungUp.completeExceptionally(e);
    }
    hungUp.complete(null);
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }

  /**
   * A client's connection.
   *
   * @param request the first bytes of the first request
   * @param hungUp completes when the client has closed the connection
   */
  record Connection(String request, CompletableFuture<Void> hungUp) {}
}
