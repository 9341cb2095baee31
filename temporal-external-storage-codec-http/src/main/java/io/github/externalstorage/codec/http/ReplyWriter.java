package io.github.externalstorage.codec.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes replies of HTTP/1.1. */
final class ReplyWriter {

  private static final int BUFFER = 16 * 1024;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private ReplyWriter() {}

  /**
   * Writes a reply to its last byte.
   *
   * @param bodyless whether the request wants the head only
   * @param last whether the connection ends with it
   */
  static void write(CodecReply reply, boolean bodyless, boolean last, OutputStream out)
      throws IOException {
    // Head and body of a small reply leave in one packet.
    BufferedOutputStream buffered = new BufferedOutputStream(out, BUFFER);
    buffered.write(head(reply, last).getBytes(ISO_8859_1));
    if (!bodyless) {
      reply.body().writeTo(buffered);
    }
    buffered.flush();
  }

  private static String head(CodecReply reply, boolean last) {
    StringBuilder head =
        new StringBuilder("HTTP/1.1 ")
            .append(reply.status())
            .append(' ')
            .append(reason(reply.status()))
            .append("\r\nDate: ")
            .append(DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
    reply
        .headers()
        .forEach(
            (name, values) ->
                values.forEach(
                    value -> head.append("\r\n").append(name).append(": ").append(value)));
    if (reply.status() != 204) {
      head.append("\r\nContent-Length: ").append(reply.body().length());
    }
    if (last) {
      head.append("\r\nConnection: close");
    }
    return head.append("\r\n\r\n").toString();
  }

  /** The Web UI shows it. */
  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 204 -> "No Content";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 422 -> "Unprocessable Content";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 501 -> "Not Implemented";
      case 502 -> "Bad Gateway";
      case 503 -> "Service Unavailable";
      case 504 -> "Gateway Timeout";
      default -> "";
    };
  }
}
