package io.github.externalstorage.cli.codecserver;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.FilterOutputStream;
import java.io.IOException;

/** Keeps Jetty from sending status 200 if a handler closes an exchange without a response. */
final class UnfinishedExchanges {

  private UnfinishedExchanges() {}

  /** A handler whose exchanges fail if they are closed without a response. */
  static HttpHandler fail(HttpHandler handler) {
    return exchange -> {
      exchange.setStreams(exchange.getRequestBody(), new Reply(exchange));
      handler.handle(exchange);
    };
  }

  private static final class Reply extends FilterOutputStream {

    private final HttpExchange exchange;

    Reply(HttpExchange exchange) {
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
