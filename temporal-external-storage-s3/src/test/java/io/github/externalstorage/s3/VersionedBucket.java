package io.github.externalstorage.s3;

import com.google.common.base.Strings;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** The requests that delete and restore, on a bucket with one key, as Amazon S3 responds. */
final class VersionedBucket implements HttpHandler {

  static final String KEY = "v0/d/sha256/" + "a".repeat(64);
  static final String ETAG = "0123456789abcdef0123456789abcdef";
  static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  /** A version of the key. */
  record Version(String id, boolean isMarker, Instant writtenAt) {}

  private final AtomicInteger writes = new AtomicInteger();

  /** The newest is first. */
  private final List<Version> versions = new CopyOnWriteArrayList<>();

  private volatile boolean isEnabled = true;
  private volatile boolean namesDeleteMarkers = true;
  private volatile Runnable beforeDeletion = () -> {};
  private volatile int versionsStatus = 200;
  private volatile int ifMatchStatus;

  /** New versions replace each other from now on. */
  void suspend() {
    isEnabled = false;
  }

  /** Runs an action before the next deletion, between a driver's check and its deletion. */
  void beforeDeletion(Runnable action) {
    beforeDeletion = action;
  }

  /** Lists versions with this status. */
  void listVersionsWith(int status) {
    versionsStatus = status;
  }

  /** Responds to each deletion with If-Match with this status. */
  void respondToIfMatchWith(int status) {
    ifMatchStatus = status;
  }

  /** Stores the same content (again). */
  Version put() {
    return add(false);
  }

  /** Lets the response to a HEAD not say that there is a delete marker. */
  void hideDeleteMarkers() {
    namesDeleteMarkers = false;
  }

  private Version add(boolean isMarker) {
    int number = writes.incrementAndGet();
    Version version =
        new Version(isEnabled ? "version-" + number : "null", isMarker, START.plusSeconds(number));
    if (!isEnabled) {
      versions.removeIf(it -> it.id.equals("null"));
    }
    versions.add(0, version);
    return version;
  }

  /** What can be retrieved. */
  Optional<Version> current() {
    return versions.stream().findFirst().filter(it -> !it.isMarker);
  }

  List<Version> versions() {
    return versions;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    String query = Strings.nullToEmpty(exchange.getRequestURI().getQuery());
    switch (exchange.getRequestMethod()) {
      case "HEAD" -> head(exchange);
      case "DELETE" -> delete(exchange, query);
      default -> {
        if (query.contains("versions") && versionsStatus != 200) {
          ScriptedServer.send(
              exchange, versionsStatus, "<Error><Code>Status" + versionsStatus + "</Code></Error>");
        } else {
          ScriptedServer.send(
              exchange, 200, query.contains("versions") ? versionsXml() : listXml());
        }
      }
    }
  }

  private void head(HttpExchange exchange) throws IOException {
    if (versions.isEmpty()) {
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    Version latest = versions.get(0);
    exchange.getResponseHeaders().set("x-amz-version-id", latest.id);
    if (latest.isMarker) {
      if (namesDeleteMarkers) {
        exchange.getResponseHeaders().set("x-amz-delete-marker", "true");
      }
      exchange.sendResponseHeaders(404, -1);
      return;
    }
    exchange.getResponseHeaders().set("ETag", '"' + ETAG + '"');
    exchange.getResponseHeaders().set("Content-Length", "10");
    exchange
        .getResponseHeaders()
        .set(
            "Last-Modified",
            DateTimeFormatter.RFC_1123_DATE_TIME.format(latest.writtenAt.atOffset(ZoneOffset.UTC)));
    exchange.sendResponseHeaders(200, -1);
  }

  private void delete(HttpExchange exchange, String query) throws IOException {
    if (query.startsWith("versionId=")) {
      versions.removeIf(it -> it.id.equals(query.substring("versionId=".length())));
      exchange.sendResponseHeaders(204, -1);
      return;
    }
    beforeDeletion.run();
    if (ifMatchStatus != 0 && exchange.getRequestHeaders().containsKey("If-Match")) {
      ScriptedServer.send(exchange, ifMatchStatus, "<Error><Code>Condition</Code></Error>");
      return;
    }
    Version marker = add(true);
    exchange.getResponseHeaders().set("x-amz-version-id", marker.id);
    exchange.getResponseHeaders().set("x-amz-delete-marker", "true");
    exchange.sendResponseHeaders(204, -1);
  }

  private String versionsXml() {
    StringBuilder xml = new StringBuilder("<ListVersionsResult><IsTruncated>false</IsTruncated>");
    for (Version version : versions) {
      String name = version.isMarker ? "DeleteMarker" : "Version";
      xml.append(
          "<%s><Key>%s</Key><VersionId>%s</VersionId><IsLatest>%s</IsLatest><LastModified>%s</LastModified>%s</%s>"
              .formatted(
                  name,
                  KEY,
                  version.id,
                  version.equals(versions.get(0)),
                  version.writtenAt,
                  version.isMarker ? "" : "<ETag>\"" + ETAG + "\"</ETag><Size>10</Size>",
                  name));
    }
    return xml.append("</ListVersionsResult>").toString();
  }

  private String listXml() {
    return "<ListBucketResult><IsTruncated>false</IsTruncated>"
        + current()
            .map(
                it ->
                    "<Contents><Key>%s</Key><LastModified>%s</LastModified><ETag>\"%s\"</ETag><Size>10</Size></Contents>"
                        .formatted(KEY, it.writtenAt, ETAG))
            .orElse("")
        + "</ListBucketResult>";
  }
}
