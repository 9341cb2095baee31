package io.github.externalstorage.gcs.internal.requests;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import com.google.protobuf.util.JsonFormat;
import java.net.http.HttpHeaders;
import java.util.regex.Pattern;

/**
 * An error response.
 *
 * @param status the HTTP status
 * @param reason the reason, such as {@code rateLimitExceeded}; empty if there is none
 * @param message the message; empty if there is none
 * @param uploadId the request's id for Google's support; empty if there is none
 */
public record GcsError(int status, String reason, String message, String uploadId) {

  private static final Pattern BEARER = Pattern.compile("(?i)bearer|authorization");
  private static final Pattern TOKEN = Pattern.compile("(?i)\\bbearer\\s+[^\\s'\",]+");
  private static final Value NOTHING = Value.getDefaultInstance();

  /**
   * Reads an error from a response.
   *
   * @param body the body, or as much of it as was read
   */
  public static GcsError of(int status, HttpHeaders headers, String body) {
    String uploadId = headers.firstValue("x-guploader-uploadid").orElse("");
    Struct json = json(body).getFieldsOrDefault("error", NOTHING).getStructValue();
    if (json.getFieldsCount() > 0) {
      return new GcsError(
          status,
          json.getFieldsOrDefault("errors", NOTHING).getListValue().getValuesList().stream()
              .map(it -> string(it.getStructValue(), "reason"))
              .findFirst()
              .orElse(""),
          TOKEN.matcher(string(json, "message")).replaceAll("Bearer (token)"),
          uploadId);
    }
    return new GcsError(status, "", isUsable(headers, body) ? body.strip() : "", uploadId);
  }

  /**
   * The error response to a download is plain text. Others that respond in plain text, such as
   * proxies, may repeat the request.
   */
  private static boolean isUsable(HttpHeaders headers, String body) {
    String contentType = headers.firstValue("content-type").orElse("");
    return contentType.startsWith("text/") && !body.contains("<") && !BEARER.matcher(body).find();
  }

  /** Parses a JSON object; empty if it is none. */
  public static Struct json(String text) {
    try {
      Struct.Builder json = Struct.newBuilder();
      JsonFormat.parser().merge(text, json);
      return json.build();
    } catch (InvalidProtocolBufferException | StackOverflowError e) {
      return Struct.getDefaultInstance();
    }
  }

  public static String string(Struct json, String name) {
    return json.getFieldsOrDefault(name, NOTHING).getStringValue();
  }
}
