package io.github.externalstorage.s3;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An HTTP server that stores objects in memory, keeps connections open, and sends exactly the bytes
 * that a test specifies.
 */
final class RawServer implements AutoCloseable {

  private static final Pattern HEAD = Pattern.compile("(PUT|GET) (\\S+) HTTP/1.1\r\n");
  private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Script script;
  private final ServerSocket server;

  RawServer(Script script) {
    this.script = script;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  /** The parts of a response that a test can change. */
  interface Script {
    /** What to send when the head of a request has arrived. */
    default String beforeBody(String head) {
      return "";
    }

    /** Headers of the response, each with its line end. */
    default String headers(String head) {
      return "";
    }

    /** The connection is closed after the response to a longer body, without reading the rest. */
    default int maxBodyLength() {
      return Integer.MAX_VALUE;
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** The bodies of PUT requests by their paths. */
  Map<String, byte[]> objects() {
    return objects;
  }

  /** The number of connections so far. */
  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        connections.incrementAndGet();
        threads.execute(() -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      String head = readHead(in);
      while (!head.isEmpty()) {
        send(socket, script.beforeBody(head));
        respond(socket, in, head);
        head = bodyLength(head) <= script.maxBodyLength() ? readHead(in) : "";
      }
    } catch (IOException e) {
      // The client hung up.
    }
  }

  private void respond(Socket socket, InputStream in, String head) throws IOException {
    Matcher request = HEAD.matcher(head);
    if (!request.lookingAt()) {
      throw new IOException("Not a request: " + head);
    }
    byte[] content = {};
    if (request.group(1).equals("PUT")) {
      byte[] body = in.readNBytes(Math.min(bodyLength(head), script.maxBodyLength()));
      if (body.length == bodyLength(head)) {
        objects.put(request.group(2), body);
      }
    } else {
      content = objects.getOrDefault(request.group(2), content);
    }
    send(
        socket,
        "HTTP/1.1 200 OK\r\nContent-Length: %s\r\n%s\r\n"
            .formatted(content.length, script.headers(head)));
    socket.getOutputStream().write(content);
  }

  private static int bodyLength(String head) {
    Matcher length = LENGTH.matcher(head);
    return length.find() ? Integer.parseInt(length.group(1)) : 0;
  }

  /** Empty at the end of the connection. */
  private static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      head.write(next);
      if (next == '\n' && head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return head.toString(StandardCharsets.ISO_8859_1);
      }
    }
    return "";
  }

  private static void send(Socket socket, String text) throws IOException {
    OutputStream out = socket.getOutputStream();
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
    threads.shutdownNow();
  }
}
