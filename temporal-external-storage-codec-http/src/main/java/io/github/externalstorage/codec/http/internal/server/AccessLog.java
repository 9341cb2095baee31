package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.spi.CodecRequestEvent;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request. Values that the caller chooses can't break out of their fields. */
final class AccessLog {

  private static final String LOGGER = "io.github.externalstorage.codec.http.AccessLog";
  private static final Logger log = LoggerFactory.getLogger(LOGGER);
  private static final int MAX_FIELD_LENGTH = 1024;

  private AccessLog() {}

  static void write(CodecRequestEvent request) {
    if (log.isInfoEnabled()) {
      log.info(line(request));
    }
  }

  static String line(CodecRequestEvent request) {
    String line =
        String.format(
            Locale.ROOT,
            "subject=%s method=%s path=%s namespace=%s status=%d payloads_in=%d payloads_out=%d"
                + " bytes_in=%d bytes_out=%d ms=%d",
            field(request.getSubject().orElse("")),
            field(request.getMethod()),
            field(request.getPath()),
            field(request.getNamespace().orElse("")),
            request.getStatus(),
            request.getPayloadsReceived(),
            request.getPayloadsSent(),
            request.getBytesReceived(),
            request.getBytesSent(),
            request.getDuration().toMillis());
    return request.getDownloadedKeys().isEmpty()
        ? line
        : line
            + " keys="
            + String.join(",", request.getDownloadedKeys().stream().map(AccessLog::field).toList());
  }

  /** Printable ASCII without what ends a field; the rest escaped as in a URL. */
  private static String field(String value) {
    if (value.isEmpty()) {
      return "-";
    }
    StringBuilder field = new StringBuilder();
    value
        .chars()
        .limit(MAX_FIELD_LENGTH)
        .forEach(
            c -> {
              if (c > ' ' && c < 0x7f && ",\"\\".indexOf(c) < 0) {
                field.append((char) c);
              } else {
                field.append(String.format(Locale.ROOT, "\\u%04x", c));
              }
            });
    return field.toString();
  }
}
