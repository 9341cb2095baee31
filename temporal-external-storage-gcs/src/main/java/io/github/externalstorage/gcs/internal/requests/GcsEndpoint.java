package io.github.externalstorage.gcs.internal.requests;

import com.google.common.escape.Escaper;
import com.google.common.net.PercentEscaper;
import io.github.externalstorage.driver.ListObjectsRequest;
import java.net.URI;
import java.util.Set;

/** The addresses of the JSON API. */
public record GcsEndpoint(String base) {

  public static final GcsEndpoint GOOGLE = new GcsEndpoint("https://storage.googleapis.com");

  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

  /** Slashes in a key are escaped, too: the API expects the whole key as one segment of a path. */
  private static final Escaper SEGMENT = new PercentEscaper("-_.~", false);

  /**
   * Returns the endpoint at an address.
   *
   * @throws IllegalArgumentException if this is not an HTTP endpoint
   */
  public static GcsEndpoint of(URI uri) {
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
  public boolean isPrivate() {
    URI uri = URI.create(base);
    return uri.getScheme().equals("https") || LOOPBACK.contains(uri.getHost());
  }

  /** The address to upload an object to, in one request with its metadata. */
  public URI upload(String bucket) {
    return URI.create(
        base
            + "/upload/storage/v1/b/"
            + SEGMENT.escape(bucket)
            + "/o?uploadType=multipart&fields=bucket,name,size,crc32c");
  }

  public URI content(GcsCall call) {
    return URI.create(object(call) + "?alt=media");
  }

  public URI metadata(GcsCall call) {
    return URI.create(object(call) + "?fields=size,timeCreated");
  }

  public URI generation(GcsCall call) {
    return URI.create(object(call) + "?fields=generation");
  }

  /** The address of a deleted generation of an object. */
  public URI deleted(GcsCall call, String generation, boolean isSoftDeleted) {
    return URI.create(
        object(call)
            + "?fields=generation,timeDeleted,softDeleteTime&generation="
            + SEGMENT.escape(generation)
            + (isSoftDeleted ? "&softDeleted=true" : ""));
  }

  /** The address to delete an object at, if it is still this generation. */
  public URI delete(GcsCall call, String generation) {
    return URI.create(object(call) + "?ifGenerationMatch=" + SEGMENT.escape(generation));
  }

  /** The address to copy a generation of an object at, unless the object exists. */
  public URI copyBack(GcsCall call, String generation) {
    return URI.create(
        object(call)
            + "/copyTo/b/"
            + SEGMENT.escape(call.bucket())
            + "/o/"
            + SEGMENT.escape(call.key())
            + "?fields=name&ifGenerationMatch=0&sourceGeneration="
            + SEGMENT.escape(generation));
  }

  /** The address to restore a soft-deleted object at, unless the object exists. */
  public URI restore(GcsCall call, String generation) {
    return URI.create(
        object(call)
            + "/restore?fields=name&ifGenerationMatch=0&generation="
            + SEGMENT.escape(generation));
  }

  /** The address of the settings of a bucket. */
  public URI settings(String bucket) {
    return URI.create(
        base + "/storage/v1/b/" + SEGMENT.escape(bucket) + "?fields=name,versioning,lifecycle");
  }

  /** The address of a page of objects. */
  public URI list(ListObjectsRequest request, int maxResults) {
    return URI.create(
        base
            + "/storage/v1/b/"
            + SEGMENT.escape(request.bucket())
            + "/o?fields=kind,nextPageToken,prefixes,items(name,size,timeCreated,generation)"
            + "&maxResults="
            + maxResults
            + parameter("prefix", request.prefix())
            + parameter("delimiter", request.delimiter())
            + parameter("pageToken", request.pageToken()));
  }

  private static String parameter(String name, String value) {
    return value.isEmpty() ? "" : "&" + name + "=" + SEGMENT.escape(value);
  }

  private String object(GcsCall call) {
    return base
        + "/storage/v1/b/"
        + SEGMENT.escape(call.bucket())
        + "/o/"
        + SEGMENT.escape(call.key());
  }

  /** Identifies the service; empty for Google's own, which has several endpoints. */
  public String service() {
    return URI.create(base).getHost().matches("(?i)(.+\\.)?googleapis\\.com") ? "" : base;
  }

  /** For error messages: empty for Google's own endpoint. */
  @Override
  public String toString() {
    return equals(GOOGLE) ? "" : ", endpoint=" + base;
  }
}
