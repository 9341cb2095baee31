package io.github.externalstorage.codec.http;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request. What the caller chose can't break out of its field. */
final class AccessLog implements CodecRequestListener {

  private static final Logger log = LoggerFactory.getLogger(AccessLog.class);
  private static final int MAX_FIELD_LENGTH = 1024;

  @Override
  public void onCompleted(CompletedCodecRequest request) {
    if (log.isInfoEnabled()) {
      log.info(line(request));
    }
  }

  static String line(CompletedCodecRequest request) {
    String line =
        String.format(
            Locale.ROOT,
            "subject=%s method=%s path=%s namespace=%s status=%d payloads_in=%d payloads_out=%d"
                + " bytes_in=%d bytes_out=%d ms=%d",
            field(request.subject()),
            field(request.method()),
            field(request.path()),
            field(request.namespace()),
            request.status(),
            request.payloadsReceived(),
            request.payloadsSent(),
            request.bytesReceived(),
            request.bytesSent(),
            request.duration().toMillis());
    return request.keys().isEmpty()
        ? line
        : line
            + " keys="
            + String.join(",", request.keys().stream().map(AccessLog::field).toList());
  }

  /** Printable ASCII without what ends a field; the rest escaped as in a URL. */
  private static String field(@Nullable String value) {
    if (value == null || value.isEmpty()) {
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
