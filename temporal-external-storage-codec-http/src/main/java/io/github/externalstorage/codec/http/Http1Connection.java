package io.github.externalstorage.codec.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.NotImplementedException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.UnsupportedHttpVersionException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.impl.io.DefaultHttpRequestParserFactory;
import org.apache.hc.core5.http.impl.io.SocketHolder;
import org.apache.hc.core5.http.io.entity.EntityTemplate;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** HTTP/1.1 on a client's socket, as long as there is patience with the client. */
final class Http1Connection extends DefaultBHttpServerConnection {

  private static final int MAX_LINE_LENGTH = 32 * 1024;
  private static final int BUFFER = 16 * 1024;
  private static final Http1Config CONFIG =
      Http1Config.custom().setBufferSize(BUFFER).setMaxLineLength(MAX_LINE_LENGTH).build();
  private static final DefaultHttpRequestParserFactory PARSERS =
      new DefaultHttpRequestParserFactory(CONFIG, null, new VerbatimRequestFactory());

  /** The library's own goes by the JVM's language. */
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final ClientInput in;

  Http1Connection(Socket socket, ClientPatience patience) throws IOException {
    super(null, CONFIG, null, null, null, null, PARSERS, null);
    in = new ClientInput(socket, patience);
    OutputStream out = new ClientOutput(socket, patience);
    bind(
        new SocketHolder(socket) {
          @Override
          protected InputStream getInputStream(Socket same) {
            return in;
          }

          @Override
          protected OutputStream getOutputStream(Socket same) {
            return out;
          }
        });
  }

  /**
   * Receives a request, but for its body.
   *
   * @throws Refusal if it is malformed or its head too large
   */
  ClassicHttpRequest receive() throws IOException {
    try {
      in.beginHead();
      ClassicHttpRequest request = receiveRequestHeader();
      in.endHead();
      if (request == null) {
        throw new EOFException();
      }
      receiveRequestEntity(request);
      return request;
    } catch (RequestHeaderFieldsTooLargeException e) {
      throw new Refusal(431, "The head of the request is too large");
    } catch (UnsupportedHttpVersionException e) {
      throw new Refusal(505, "Only HTTP/1.1 is served here");
    } catch (NotImplementedException e) {
      throw new Refusal(501, "The only Transfer-Encoding served here is chunked");
    } catch (HttpException | IllegalArgumentException e) {
      // The latter is what the parser makes of HTTP/-1.
      throw Refusal.malformed("The request line or a header is malformed");
    }
  }

  /** Asks for a body that the client holds back. */
  void sendContinue() throws IOException {
    send(new BasicClassicHttpResponse(100));
  }

  /**
   * Sends a reply to its last byte.
   *
   * @param bodyless whether the request wants the head only
   * @param last whether the connection ends with it
   */
  void send(CodecReply reply, boolean bodyless, boolean last) throws IOException {
    ClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
    response.setHeader(HttpHeaders.DATE, DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
    reply
        .headers()
        .forEach((name, values) -> values.forEach(value -> response.addHeader(name, value)));
    long length = reply.body().length();
    if (reply.status() != 204) {
      response.setHeader(HttpHeaders.CONTENT_LENGTH, length);
    }
    if (last) {
      response.setHeader(HttpHeaders.CONNECTION, "close");
    }
    if (!bodyless && length > 0) {
      response.setEntity(new EntityTemplate(length, null, reply.body()::writeTo));
    }
    send(response);
  }

  private void send(ClassicHttpResponse response) throws IOException {
    try {
      sendResponseHeader(response);
      sendResponseEntity(response);
      flush();
    } catch (HttpException e) {
      throw new IOException(e);
    }
  }
}
