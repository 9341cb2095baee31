package io.github.externalstorage.gcs;

import com.google.common.base.Splitter;
import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.gcs.FakeGcs.StoredContent;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of the JSON API of Google Cloud Storage that lists, deletes and restores objects. */
final class FakeGcsForOperators {

  /** What becomes of a generation that is deleted or overwritten. */
  enum Kept {
    NOTHING,
    /** With object versioning. */
    NONCURRENT,
    SOFT_DELETED
  }

  private record Former(String key, StoredContent content) {}

  private static final Pattern LIST = Pattern.compile("/storage/v1/b/([^/]+)/o");
  private static final Pattern OBJECT =
      Pattern.compile("/storage/v1/b/[^/]+/o/([^/]+)(/restore|/copyTo/b/[^/]+/o/([^/]+))?");

  private final ConcurrentMap<String, StoredContent> objects;
  private final ConcurrentMap<String, Former> former = new ConcurrentHashMap<>();
  private volatile Kept kept = Kept.NOTHING;

  FakeGcsForOperators(ConcurrentMap<String, StoredContent> objects) {
    this.objects = objects;
  }

  void setKept(Kept newKept) {
    kept = newKept;
  }

  void replaced(String key, @Nullable StoredContent content) {
    if (content != null && kept != Kept.NOTHING) {
      former.put(String.valueOf(content.generation()), new Former(key, content));
    }
  }

  boolean serves(HttpExchange exchange) {
    String path = exchange.getRequestURI().getRawPath();
    return switch (exchange.getRequestMethod()) {
      case "DELETE" -> true;
      case "POST" -> OBJECT.matcher(path).matches();
      default -> LIST.matcher(path).matches() || parameters(exchange).containsKey("generation");
    };
  }

  void serve(HttpExchange exchange) throws IOException {
    Matcher list = LIST.matcher(exchange.getRequestURI().getRawPath());
    if (list.matches()) {
      if (list.group(1).equals(FakeGcs.BUCKET)) {
        list(exchange);
      } else {
        FakeGcs.sendError(exchange, 404, "notFound", "The specified bucket does not exist.");
      }
      return;
    }
    Matcher object = OBJECT.matcher(exchange.getRequestURI().getRawPath());
    if (!object.matches()) {
      throw new IOException("Unknown path");
    }
    String key = FakeGcs.decode(object.group(1));
    switch (exchange.getRequestMethod()) {
      case "DELETE" -> delete(exchange, key);
      case "GET" -> describe(exchange, key);
      default -> restore(exchange, key, object.group(2).equals("/restore"));
    }
  }

  private void list(HttpExchange exchange) throws IOException {
    Map<String, String> parameters = parameters(exchange);
    String prefix = parameters.getOrDefault("prefix", "");
    String delimiter = parameters.getOrDefault("delimiter", "");
    int max = Integer.parseInt(parameters.getOrDefault("maxResults", "1000"));
    List<String> items = new ArrayList<>();
    TreeSet<String> prefixes = new TreeSet<>();
    String last = parameters.getOrDefault("pageToken", "");
    String next = "";
    for (Map.Entry<String, StoredContent> entry : new TreeMap<>(objects).entrySet()) {
      String key = entry.getKey();
      boolean isOnFormerPage =
          key.compareTo(last) <= 0
              || (!delimiter.isEmpty() && last.endsWith(delimiter) && key.startsWith(last));
      if (!key.startsWith(prefix) || (!last.isEmpty() && isOnFormerPage)) {
        continue;
      }
      if (items.size() + prefixes.size() == max) {
        next = last;
        break;
      }
      int end = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
      if (end < 0) {
        items.add(FakeGcs.json(key, entry.getValue()));
        last = key;
      } else {
        last = key.substring(0, end + delimiter.length());
        prefixes.add(FakeGcs.print(last));
      }
    }
    FakeGcs.send(
        exchange,
        200,
        "application/json",
        "{\"kind\":\"storage#objects\",\"items\":[%s],\"prefixes\":[%s],\"nextPageToken\":%s}"
            .formatted(String.join(",", items), String.join(",", prefixes), FakeGcs.print(next)));
  }

  private void delete(HttpExchange exchange, String key) throws IOException {
    StoredContent object = objects.get(key);
    String expected = parameters(exchange).get("ifGenerationMatch");
    if (object == null) {
      missing(exchange, key);
    } else if (!String.valueOf(object.generation()).equals(expected)
        || !objects.remove(key, object)) {
      FakeGcs.sendError(exchange, 412, "conditionNotMet", "At least one condition did not hold.");
    } else {
      replaced(key, object);
      exchange.sendResponseHeaders(204, -1);
    }
  }

  private void describe(HttpExchange exchange, String key) throws IOException {
    Map<String, String> parameters = parameters(exchange);
    boolean isSoftDeleted = "true".equals(parameters.get("softDeleted"));
    Former found = former.get(parameters.get("generation"));
    if (found == null || !found.key.equals(key) || isSoftDeleted != (kept == Kept.SOFT_DELETED)) {
      missing(exchange, key);
    } else {
      FakeGcs.send(exchange, 200, "application/json", FakeGcs.json(key, found.content));
    }
  }

  private void restore(HttpExchange exchange, String key, boolean isSoftDeleted)
      throws IOException {
    Map<String, String> parameters = parameters(exchange);
    Former found = former.get(parameters.get(isSoftDeleted ? "generation" : "sourceGeneration"));
    if (objects.containsKey(key) && "0".equals(parameters.get("ifGenerationMatch"))) {
      FakeGcs.sendError(exchange, 412, "conditionNotMet", "At least one condition did not hold.");
    } else if (found == null
        || !found.key.equals(key)
        || isSoftDeleted != (kept == Kept.SOFT_DELETED)) {
      missing(exchange, key);
    } else {
      StoredContent restored = new StoredContent(found.content.content(), Instant.now());
      objects.put(key, restored);
      FakeGcs.send(exchange, 200, "application/json", FakeGcs.json(key, restored));
    }
  }

  private static void missing(HttpExchange exchange, String key) throws IOException {
    FakeGcs.sendError(exchange, 404, "notFound", "No such object: temporal-payloads/" + key);
  }

  private static Map<String, String> parameters(HttpExchange exchange) {
    Map<String, String> parameters = new TreeMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (String parameter : Splitter.on('&').split(query)) {
        int end = parameter.indexOf('=');
        parameters.put(parameter.substring(0, end), FakeGcs.decode(parameter.substring(end + 1)));
      }
    }
    return parameters;
  }
}
