package io.github.externalstorage.codec.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.externalstorage.internal.text.NamespaceName;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Answers Temporal's Web UI and CLI: {@code POST} to a path that ends in {@code /encode}, {@code
 * /decode} or {@code /download}, with the proto3 JSON of {@code temporal.api.common.v1.Payloads} as
 * body and as reply. The protocol is that of Temporal's <a
 * href="https://docs.temporal.io/codec-server">codec servers</a>.
 *
 * <ul>
 *   <li>{@code /encode}: the codec, large payloads into the storage, the codec after storage.
 *   <li>{@code /decode}: the reverse. With the query {@code preserveStorageRefs=true}, as the Web
 *       UI asks, or the header {@code X-Preserve-Storage-Refs: true}, references stay as they are.
 *   <li>{@code /download}: every payload must be a reference; resolved and decoded.
 * </ul>
 *
 * <p>The header {@code X-Namespace} names the Temporal namespace. A reference is resolved only if
 * its key belongs to that namespace or to one that may be read from it. Errors are a status and
 * {@code {"error": "…"}}: 400, 401, 403, 404, 405, 408, 413, 415, 422 (can't be decoded), 502 (the
 * storage failed), 503 (overloaded, with {@code Retry-After}), 504 (took too long), 500 (a defect).
 *
 * <p>Serve it with {@link CodecServer}, or as a handler of a {@link
 * com.sun.net.httpserver.HttpServer}. What that one does by itself holds there: it needs an
 * executor, and answers {@code //decode} with 404; time limits for clients and the delay of small
 * replies are the system properties {@code sun.net.httpserver.*} of the whole JVM.
 *
 * <p>Every request is a line in the log of the logger {@code
 * io.github.externalstorage.codec.http.AccessLog}. Thread-safe and immutable. There is nothing to
 * close: its threads end when they have no work.
 */
public final class CodecHandler implements HttpHandler {

  private final CodecService service;

  private CodecHandler(Builder builder) {
    service = new CodecService(builder);
  }

  /** A builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  /** Answers a request that a {@link com.sun.net.httpserver.HttpServer} received. */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI uri = exchange.getRequestURI();
      CodecRequest request =
          new CodecRequest(
              exchange.getRequestMethod(),
              uri.getRawPath(),
              uri.getRawQuery(),
              exchange.getRequestHeaders(),
              exchange.getRequestBody(),
              exchange.getLocalAddress().getAddress().isLoopbackAddress());
      service.handle(request, reply -> send(reply, exchange));
    }
  }

  CodecService service() {
    return service;
  }

  private static void send(CodecReply reply, HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().putAll(reply.headers());
    long length = reply.body().length();
    exchange.sendResponseHeaders(reply.status(), length == 0 ? -1 : length);
    try (OutputStream out = exchange.getResponseBody()) {
      reply.body().writeTo(out);
    }
  }

  /** Builds a {@link CodecHandler}. Not thread-safe. */
  public static final class Builder {

    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#*\\s]+");

    Function<String, Optional<NamespaceCodec>> namespaces = namespace -> Optional.empty();
    @Nullable String defaultNamespace;
    Set<String> allowedOrigins = Set.of();
    Set<String> allowedHosts = Set.of();
    @Nullable CodecAuthenticator authenticator;
    CodecRequestListener listener = request -> {};
    boolean encodeEnabled = true;
    int maxBodySize = 64 << 20;
    int maxPayloads = 10_000;
    long maxDecodedSize = 256 << 20;
    long maxBytesInFlight = Math.max(1, Runtime.getRuntime().maxMemory() / 2);
    int maxConcurrentRequests = 32;
    int maxQueuedRequests = 256;
    Duration requestTimeout = Duration.ofMinutes(1);

    private Builder() {}

    /**
     * The namespaces that are served, by their names; others are answered 404. Default: none.
     *
     * @throws IllegalArgumentException if a name is blank, or {@code null}, which stands for an
     *     unknown namespace in the keys of stored payloads
     */
    public Builder setNamespaces(Map<String, NamespaceCodec> codecs) {
      codecs.keySet().forEach(NamespaceName::require);
      Map<String, NamespaceCodec> copy = Map.copyOf(codecs);
      return setNamespaces(name -> Optional.ofNullable(copy.get(name)));
    }

    /**
     * Finds what to do for a namespace; empty for one that is not served, which is answered 404.
     * Asked for every request, so it should be quick; thread-safe. Never asked for the namespace
     * {@code null}, which is answered 404. Default: none is served.
     */
    public Builder setNamespaces(Function<String, Optional<NamespaceCodec>> codecs) {
      namespaces = codecs;
      return this;
    }

    /**
     * The namespace of requests without the header {@code X-Namespace}, as some CLIs send them.
     * Default: none, and such a request is answered 404.
     *
     * @throws IllegalArgumentException if it is blank or {@code null} as text
     */
    public Builder setDefaultNamespace(@Nullable String namespace) {
      NamespaceName.require(namespace);
      defaultNamespace = namespace;
      return this;
    }

    /**
     * The origins of the web pages that may ask, such as {@code https://cloud.temporal.io}. They
     * are compared exactly, and may send cookies. Default: none; requests from no page, as the
     * CLI's, are served either way.
     *
     * @throws IllegalArgumentException if one is not a scheme, a host and maybe a port
     */
    public Builder setAllowedOrigins(Collection<String> origins) {
      for (String origin : origins) {
        if (!ORIGIN.matcher(origin).matches()) {
          throw new IllegalArgumentException(
              "An origin is a scheme, a host and maybe a port, such as http://localhost:8233, not '"
                  + origin
                  + "'");
        }
      }
      allowedOrigins = Set.copyOf(origins);
      return this;
    }

    /**
     * Host names, without ports and in lower case, that are served on the loopback interface beside
     * {@code localhost} and its addresses: those that a reverse proxy on this machine passes on.
     * Others are answered 403, as a web page could let its own name resolve to this machine.
     * Default: none.
     */
    public Builder setAllowedHosts(Collection<String> hosts) {
      allowedHosts = Set.copyOf(hosts);
      return this;
    }

    /** Decides who may ask for what. Default: nobody does, and all may. */
    public Builder setAuthenticator(@Nullable CodecAuthenticator codecAuthenticator) {
      authenticator = codecAuthenticator;
      return this;
    }

    /** Is told of every request. Default: nobody. */
    public Builder setListener(CodecRequestListener codecRequestListener) {
      listener = codecRequestListener;
      return this;
    }

    /** Whether {@code /encode} is served; else it is answered 404. Default: true. */
    public Builder setEncodeEnabled(boolean enabled) {
      encodeEnabled = enabled;
      return this;
    }

    /** The largest body of a request, in bytes; beyond it, 413. At least 1. Default: 64 MiB. */
    public Builder setMaxBodySize(int bytes) {
      maxBodySize = (int) requirePositive("maxBodySize", bytes);
      return this;
    }

    /** The most payloads of a request; beyond it, 413. At least 1. Default: 10,000. */
    public Builder setMaxPayloads(int payloads) {
      maxPayloads = (int) requirePositive("maxPayloads", payloads);
      return this;
    }

    /**
     * The most that the payloads of a reply may have together once they are decoded, in bytes;
     * beyond it, 413. At least 1. Default: 256 MiB.
     */
    public Builder setMaxDecodedSize(long bytes) {
      maxDecodedSize = requirePositive("maxDecodedSize", bytes);
      return this;
    }

    /**
     * The most that all requests together may hold of bodies and decoded payloads, in bytes; beyond
     * it, 503. At least 1. Default: half of the JVM's maximum heap.
     */
    public Builder setMaxBytesInFlight(long bytes) {
      maxBytesInFlight = requirePositive("maxBytesInFlight", bytes);
      return this;
    }

    /** How many requests are worked on at once. At least 1. Default: 32. */
    public Builder setMaxConcurrentRequests(int requests) {
      maxConcurrentRequests = (int) requirePositive("maxConcurrentRequests", requests);
      return this;
    }

    /** How many requests wait for their turn; beyond it, 503. At least 1. Default: 256. */
    public Builder setMaxQueuedRequests(int requests) {
      maxQueuedRequests = (int) requirePositive("maxQueuedRequests", requests);
      return this;
    }

    /**
     * How long a request may wait for its turn and be worked on, from its last byte on; then it is
     * interrupted and answered 504. Positive. Default: 1 minute.
     */
    public Builder setRequestTimeout(Duration timeout) {
      requirePositive("requestTimeout", timeout.toMillis());
      requestTimeout = timeout;
      return this;
    }

    /** Builds the handler. */
    public CodecHandler build() {
      return new CodecHandler(this);
    }

    private static long requirePositive(String name, long value) {
      if (value < 1) {
        throw new IllegalArgumentException(name + " must be at least 1, not " + value);
      }
      return value;
    }
  }
}
