package io.github.externalstorage.gcs;

import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import java.net.URI;
import java.util.Set;

/** The addresses of the JSON API. */
record GcsEndpoint(String base) {

  static final GcsEndpoint GOOGLE = new GcsEndpoint("https://storage.googleapis.com");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Slashes in a key are escaped, too: the API expects the whole key as one segment of a path. */
  private static final Escaper SEGMENT = new PercentEscaper("-_.~", false);

  /**
   * @throws IllegalArgumentException if this is not an HTTP endpoint
   */
  static GcsEndpoint of(URI uri) {
    boolean isHttp = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
    if (!isHttp
        || uri.getHost() == null
        || uri.getRawUserInfo() != null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw new IllegalArgumentException(
          "endpoint must be an http or https URL with a host and without credentials, query and"
              + " fragment, such as http://localhost:4443");
    }
    String text = uri.toString();
    return new GcsEndpoint(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
  }

  /** Whether no one on the network can read what is sent. */
  boolean isPrivate() {
    URI uri = URI.create(base);
    return uri.getScheme().equals("https") || LOOPBACK.contains(uri.getHost());
  }

  /** The address to upload an object to, in one request with its metadata. */
  URI upload(String bucket) {
    return URI.create(
        base
            + "/upload/storage/v1/b/"
            + SEGMENT.escape(bucket)
            + "/o?uploadType=multipart&fields=bucket,name,size,crc32c");
  }

  URI content(GcsClaim object) {
    return URI.create(object(object) + "?alt=media");
  }

  URI metadata(GcsClaim object) {
    return URI.create(object(object) + "?fields=size,timeCreated");
  }

  private String object(GcsClaim object) {
    return base
        + "/storage/v1/b/"
        + SEGMENT.escape(object.bucket())
        + "/o/"
        + SEGMENT.escape(object.key().getValue());
  }

  /** For error messages: empty for Google's own endpoint. */
  @Override
  public String toString() {
    return equals(GOOGLE) ? "" : ", endpoint=" + base;
  }
}
