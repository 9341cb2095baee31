package io.github.externalstorage.codec.http;

import static com.google.common.base.Preconditions.checkArgument;
import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.github.externalstorage.codec.http.internal.server.CodecService;
import io.github.externalstorage.codec.http.internal.server.CodecSettings;
import io.github.externalstorage.codec.http.spi.CodecAuthenticator;
import io.github.externalstorage.codec.http.spi.CodecRequestListener;
import io.github.externalstorage.internal.text.NamespaceName;
import java.io.IOException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves Temporal's Web UI and CLI: {@code POST} to a path that ends in {@code /encode}, {@code
 * /decode} or {@code /download}, with the proto3 JSON of {@code temporal.api.common.v1.Payloads} as
 * the request body and the response body. The protocol is that of Temporal's <a
 * href="https://docs.temporal.io/codec-server">codec servers</a>.
 *
 * <ul>
 *   <li>{@code /encode}: applies the pre-storage codec, stores large payloads, and applies the
 *       post-storage codec, see {@link NamespaceCodec}.
 *   <li>{@code /decode}: the reverse. With the query {@code preserveStorageRefs=true}, which the
 *       Web UI sends, or the header {@code X-Preserve-Storage-Refs: true}, references are left
 *       unchanged.
 *   <li>{@code /download}: resolves and decodes references; every payload must be one.
 * </ul>
 *
 * <p>The header {@code X-Namespace} names the Temporal namespace. A reference is resolved only if
 * its key belongs to that namespace or to one that may be read from it. Errors have a status and
 * the body {@code {"error": "…"}}: 400, 401, 403, 404, 405, 408, 413, 415, 422 (can't be decoded),
 * 502 (the storage failed), 503 (overloaded, with {@code Retry-After}), 504 (took too long), 500 (a
 * defect).
 *
 * <p>Serve it with {@link CodecServer}, or with any other {@link com.sun.net.httpserver.HttpServer}
 * whose executor has {@link Builder#setMaxConcurrentTransfers} + {@link
 * Builder#setMaxConcurrentRequests} + {@link Builder#setMaxQueuedRequests} threads. With fewer
 * threads, the last two limits are not reached; there must be more than the first. The handler
 * itself limits sizes, memory and times: it interrupts a thread whose client is too slow.
 *
 * <p>The logger {@code io.github.externalstorage.codec.http.AccessLog} logs a line for every
 * request. Thread-safe and immutable. It has no threads of its own and need not be closed.
 */
public final class CodecHandler implements HttpHandler {

  private final CodecService service;

  private CodecHandler(Builder builder) {
    service = new CodecService(builder.settings());
  }

  /** A builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  /** Responds to a request and closes its exchange. */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    service.handle(exchange, () -> false);
  }

  CodecService service() {
    return service;
  }

  /** Builds a {@link CodecHandler}. Not thread-safe. */
  public static final class Builder {

    private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/?#*\\s]+");

    private Function<String, Optional<NamespaceCodec>> namespaces = namespace -> Optional.empty();
    private @Nullable String defaultNamespace;
    private Set<String> allowedOrigins = Set.of();
    private Set<String> allowedHosts = Set.of();
    private @Nullable CodecAuthenticator authenticator;
    private boolean unauthenticatedAllowed;
    private CodecRequestListener listener = request -> {};
    private boolean encodeEnabled = true;
    private int maxBodySize = 64 << 20;
    private int maxPayloads = 10_000;
    private long maxDecodedSize = 256 << 20;
    private long maxBytesInFlight = Math.max(1, Runtime.getRuntime().maxMemory() / 2);
    private int maxConcurrentRequests = 32;
    private int maxQueuedRequests = 256;
    private int maxConcurrentTransfers = 128;
    private Duration requestTimeout = Duration.ofMinutes(1);
    private Duration clientTimeout = Duration.ofSeconds(30);

    private Builder() {}

    /**
     * The namespaces that are served, by their names; for others, the status is 404. Default: none.
     *
     * @throws IllegalArgumentException if a name is blank, or is the text {@code null}, which
     *     stands for an unknown namespace in the keys of stored payloads
     */
    public Builder setNamespaces(Map<String, NamespaceCodec> codecs) {
      codecs.keySet().forEach(NamespaceName::require);
      Map<String, NamespaceCodec> copy = Map.copyOf(codecs);
      return setNamespaces(name -> Optional.ofNullable(copy.get(name)));
    }

    /**
     * Finds the codec of a namespace; empty if the namespace is not served, which leads to status
     * 404. Called for every request, so it should be quick, and must be thread-safe. Never called
     * for a namespace with the name {@code null}, which is not served. Default: none is served.
     */
    public Builder setNamespaces(Function<String, Optional<NamespaceCodec>> codecs) {
      namespaces = requireNonNull(codecs, "codecs");
      return this;
    }

    /**
     * The namespace of requests without the header {@code X-Namespace}, as some CLIs send them.
     * Default: none; such a request then gets status 404.
     *
     * @throws IllegalArgumentException if it is blank or the text {@code null}
     */
    public Builder setDefaultNamespace(@Nullable String namespace) {
      NamespaceName.require(namespace);
      defaultNamespace = namespace;
      return this;
    }

    /**
     * The origins of the web pages that may call this server, such as {@code
     * https://cloud.temporal.io}. They are compared exactly, and their requests may carry cookies.
     * Default: none. Requests without an origin, such as the CLI's, are served in any case.
     *
     * @throws IllegalArgumentException if one is not a scheme, a host and maybe a port
     */
    public Builder setAllowedOrigins(Collection<String> origins) {
      for (String origin : origins) {
        checkArgument(
            ORIGIN.matcher(origin).matches(),
            "An origin is a scheme, a host and maybe a port, such as http://localhost:8233, not '%s'",
            origin);
      }
      allowedOrigins = Set.copyOf(origins);
      return this;
    }

    /**
     * Host names, without ports and in lower case, that are served on the loopback interface in
     * addition to {@code localhost} and its addresses, such as those that a reverse proxy on this
     * machine passes on. Requests to other host names get status 403, since the host name of a web
     * page may resolve to this machine. Default: none.
     */
    public Builder setAllowedHosts(Collection<String> hosts) {
      allowedHosts = Set.copyOf(hosts);
      return this;
    }

    /**
     * Decides which requests are accepted. Default: no authentication, and then only clients on
     * this machine are served.
     */
    public Builder setAuthenticator(@Nullable CodecAuthenticator codecAuthenticator) {
      authenticator = codecAuthenticator;
      return this;
    }

    /**
     * Whether clients on other machines are served without an authenticator, because something in
     * front of the server authenticates them. Otherwise requests that do not arrive over the
     * loopback interface get status 403. Default: false.
     */
    public Builder setUnauthenticatedAllowed(boolean allowed) {
      unauthenticatedAllowed = allowed;
      return this;
    }

    /** Sets a listener that is called after every request. Default: none. */
    public Builder setListener(CodecRequestListener codecRequestListener) {
      listener = requireNonNull(codecRequestListener, "listener");
      return this;
    }

    /** Whether {@code /encode} is served; otherwise its status is 404. Default: true. */
    public Builder setEncodeEnabled(boolean enabled) {
      encodeEnabled = enabled;
      return this;
    }

    /**
     * The maximum size of a request body, in bytes; beyond it, the status is 413. At least 1.
     * Default: 64 MiB.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxBodySize(int bytes) {
      maxBodySize = (int) requirePositive("maxBodySize", bytes);
      return this;
    }

    /**
     * The maximum number of payloads in a request; beyond it, the status is 413. At least 1.
     * Default: 10,000. Together, they may have 10,000 metadata entries and 10,000 external
     * payloads. A name in the JSON, such as the key of a metadata entry, may have 50,000 bytes.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxPayloads(int payloads) {
      maxPayloads = (int) requirePositive("maxPayloads", payloads);
      return this;
    }

    /**
     * The maximum total size of the payloads in a response, in bytes before base64; beyond it, the
     * status is 413. At least 1. Default: 256 MiB.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxDecodedSize(long bytes) {
      maxDecodedSize = requirePositive("maxDecodedSize", bytes);
      return this;
    }

    /**
     * The maximum memory that all requests hold together, in bytes: bodies, payloads and the
     * objects around them. Beyond it, the status is 503, or 413 if one request alone would exceed
     * it, and clients that read their responses slowly are disconnected. An eighth is reserved for
     * requests below 1 MiB. At least 1. Default: half of the JVM's maximum heap.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxBytesInFlight(long bytes) {
      maxBytesInFlight = requirePositive("maxBytesInFlight", bytes);
      return this;
    }

    /**
     * The maximum number of requests that are processed at once. At least 1. Default: 32.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxConcurrentRequests(int requests) {
      maxConcurrentRequests = (int) requirePositive("maxConcurrentRequests", requests);
      return this;
    }

    /**
     * The maximum number of requests that wait to be processed; beyond it, the status is 503. At
     * least 1. Default: 256.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxQueuedRequests(int requests) {
      maxQueuedRequests = (int) requirePositive("maxQueuedRequests", requests);
      return this;
    }

    /**
     * The maximum number of clients that are sending requests or reading responses. Beyond it, the
     * slowest client is disconnected; beyond half of it, clients that stay slow for 100 ms are.
     * Must be less than the number of the server's threads. At least 1. Default: 128.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxConcurrentTransfers(int transfers) {
      maxConcurrentTransfers = (int) requirePositive("maxConcurrentTransfers", transfers);
      return this;
    }

    /**
     * How long a request may wait and be processed, once its body has been received; then it is
     * interrupted and gets status 504. At least 1 ms. Default: 1 minute.
     *
     * @throws IllegalArgumentException if less than 1 ms
     */
    public Builder setRequestTimeout(Duration timeout) {
      requirePositive("requestTimeout", timeout.toMillis());
      requestTimeout = timeout;
      return this;
    }

    /**
     * How long a client may take to send a request body or to read a response: this time, plus a
     * second for each 256 KiB. Then it gets status 408 or is disconnected. At least 1 ms. Default:
     * 30 s.
     *
     * @throws IllegalArgumentException if less than 1 ms
     */
    public Builder setClientTimeout(Duration timeout) {
      requirePositive("clientTimeout", timeout.toMillis());
      clientTimeout = timeout;
      return this;
    }

    /** Builds the handler. */
    public CodecHandler build() {
      return new CodecHandler(this);
    }

    private CodecSettings settings() {
      return new CodecSettings(
          namespaces.andThen(codec -> codec.map(NamespaceCodec::settings)),
          defaultNamespace,
          allowedOrigins,
          allowedHosts,
          authenticator,
          unauthenticatedAllowed,
          listener,
          encodeEnabled,
          new CodecSettings.Limits(
              maxBodySize,
              maxPayloads,
              maxDecodedSize,
              maxBytesInFlight,
              maxConcurrentRequests,
              maxQueuedRequests,
              maxConcurrentTransfers,
              requestTimeout,
              clientTimeout));
    }

    private static long requirePositive(String name, long value) {
      checkArgument(value >= 1, "%s must be at least 1, not %s", name, value);
      return value;
    }
  }
}
