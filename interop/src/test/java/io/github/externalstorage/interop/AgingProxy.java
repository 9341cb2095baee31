package io.github.externalstorage.interop;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A proxy for an operator's requests to S3, which makes objects look {@link #AGE} older than they
 * are. Requests with a body are not supported.
 */
final class AgingProxy implements AutoCloseable {

  static final Duration AGE = Duration.ofDays(30);

  private static final Pattern IN_LISTS = Pattern.compile("(?<=<LastModified>)[^<]+");
  private static final Pattern IN_HEADERS = Pattern.compile("(?im)(?<=^last-modified: )[^\r\n]+");
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);
  private static final String HEAD_END = "\r\n\r\n";

  private final URI server;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private volatile Instant ageUntil = Instant.MAX;

  AgingProxy(URI server) {
    this.server = server;
    try {
      listener = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort());
  }

  /**
   * From now on, what is written keeps its age. Returns when the server's clock, which has full
   * seconds, shows another time than for what was written before.
   */
  void ageOnlyPresentObjects() throws InterruptedException {
    Instant next = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    for (Instant now = Instant.now(); now.isBefore(next); now = Instant.now()) {
      TimeUnit.MILLISECONDS.sleep(Math.max(1, Duration.between(now, next).toMillis()));
    }
    ageUntil = next;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        threads.execute(() -> serve(client));
      } catch (IOException e) {
        // Closed.
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client;
        Socket upstream = new Socket(server.getHost(), server.getPort())) {
      String request = readHead(client.getInputStream());
      if (request.isEmpty()) {
        return;
      }
      // A response of HTTP 1.0 has no chunks.
      upstream
          .getOutputStream()
          .write(
              request
                  .replaceFirst(" HTTP/1\\.1\r\n", " HTTP/1.0\r\nConnection: close\r\n")
                  .getBytes(ISO_8859_1));
      String response = new String(upstream.getInputStream().readAllBytes(), ISO_8859_1);
      client.getOutputStream().write(age(response).getBytes(ISO_8859_1));
    } catch (IOException e) {
      // One side has closed the connection, which closes the other one.
    }
  }

  private String age(String response) {
    int end = response.indexOf(HEAD_END);
    String head =
        replace(
            IN_HEADERS,
            response.substring(0, end),
            text -> HTTP_DATE.format(older(HTTP_DATE.parse(text, Instant::from))));
    String list =
        replace(
            IN_LISTS,
            response.substring(end),
            text -> DateTimeFormatter.ISO_INSTANT.format(older(Instant.parse(text))));
    // Dates keep their length.
    return head.replaceFirst("^HTTP/1\\.0", "HTTP/1.1") + list;
  }

  private static String replace(Pattern pattern, String text, Function<String, String> change) {
    return pattern.matcher(text).replaceAll((MatchResult match) -> change.apply(match.group()));
  }

  private Instant older(Instant time) {
    return time.isBefore(ageUntil) ? time.minus(AGE) : time;
  }

  private static String readHead(InputStream input) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(ISO_8859_1).endsWith(HEAD_END)) {
      int next = input.read();
      if (next < 0) {
        return "";
      }
      head.write(next);
    }
    return head.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
