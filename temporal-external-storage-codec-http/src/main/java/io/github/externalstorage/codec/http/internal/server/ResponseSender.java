package io.github.externalstorage.codec.http.internal.server;

import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.codec.http.internal.protocol.CodecResponse;
import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/** Sends responses to clients that read them fast enough. */
record ResponseSender(ClientWaits waits, Duration clientTimeout) {

  private static final int PORTION = 64 * 1024;
  private static final Duration MAX_DISCARDING = Duration.ofSeconds(10);

  /** Sends a response completely. */
  void send(CodecResponse response, HttpExchange http) throws IOException {
    try (ClientWait wait = waits.beginWithMemory(clientTimeout)) {
      long length = response.body().length();
      boolean head = http.getRequestMethod().equals("HEAD");
      boolean bodyless = head || length == 0;
      http.getResponseHeaders().putAll(response.headers());
      if (head) {
        http.getResponseHeaders().set("Content-Length", Long.toString(length));
      }
      http.sendResponseHeaders(response.status(), bodyless ? -1 : length);
      if (!bodyless) {
        OutputStream out = new Paced(http.getResponseBody(), wait);
        BufferedOutputStream buffered = new BufferedOutputStream(out, PORTION);
        response.body().writeTo(buffered);
        buffered.flush();
      }
    }
  }

  /**
   * Receives what the client still sends: if a connection is closed with unread data, the client
   * may never see the response.
   */
  void discardBody(HttpExchange http) {
    long end = System.nanoTime() + MAX_DISCARDING.toNanos();
    byte[] discarded = new byte[PORTION];
    try (ClientWait wait = waits.begin(MAX_DISCARDING)) {
      InputStream in = http.getRequestBody();
      for (int n = 0; n >= 0 && System.nanoTime() < end; n = in.read(discarded)) {
        wait.moved(n);
      }
      http.close();
    } catch (IOException e) {
      // The client has disconnected, or what it sent is malformed; the connection is closed in any
      // case.
    }
  }

  /** Counts what the client has accepted. */
  private static final class Paced extends FilterOutputStream {

    private final ClientWait wait;

    Paced(OutputStream out, ClientWait wait) {
      super(out);
      this.wait = wait;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      for (int i = 0; i < length; i += PORTION) {
        int portion = Math.min(PORTION, length - i);
        out.write(bytes, offset + i, portion);
        wait.moved(portion);
      }
    }
  }
}
