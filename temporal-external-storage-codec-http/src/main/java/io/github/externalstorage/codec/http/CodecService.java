package io.github.externalstorage.codec.http;

import io.github.externalstorage.internal.text.NamespaceName;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests, whatever server they come from. What is cheap to refuse is refused first, and
 * nothing is read of a body before it is known that its sender may send it.
 */
final class CodecService {

  private static final Logger log = LoggerFactory.getLogger(CodecService.class);

  private final Function<String, Optional<NamespaceCodec>> namespaces;
  private final @Nullable String defaultNamespace;
  private final boolean encodeEnabled;
  private final OriginPolicy origins;
  private final HostPolicy hosts;
  private final Authentication authentication;
  private final PayloadWork work;
  private final MemoryBudget memory;
  private final CodecRequestListener listener;

  CodecService(CodecHandler.Builder builder) {
    namespaces = builder.namespaces;
    defaultNamespace = builder.defaultNamespace;
    encodeEnabled = builder.encodeEnabled;
    origins = new OriginPolicy(builder.allowedOrigins);
    hosts = new HostPolicy(builder.allowedHosts);
    authentication = new Authentication(builder.authenticator);
    work = new PayloadWork(builder);
    memory = new MemoryBudget(builder.maxBytesInFlight);
    listener = new SafeListener(builder.listener);
  }

  /** Whether anybody who reaches the server is served. */
  boolean isOpen() {
    return authentication.authenticator() == null;
  }

  /**
   * Answers a request.
   *
   * @throws IOException if the reply can't be sent
   */
  void handle(CodecRequest request, ReplySink sink) throws IOException {
    try (CodecExchange exchange = new CodecExchange(request, memory.open())) {
      CodecReply reply = answer(exchange);
      origins.addTo(reply, request);
      try {
        sink.send(reply);
      } finally {
        listener.onCompleted(exchange.complete(reply));
      }
    }
  }

  private CodecReply answer(CodecExchange exchange) {
    try {
      return serve(exchange);
    } catch (Refusal e) {
      return e.toReply();
    } catch (RuntimeException | Error e) {
      log.error("A request could not be answered", new RedactedException(e));
      return CodecReply.error(500, "The server failed; its log says more");
    }
  }

  private CodecReply serve(CodecExchange exchange) {
    CodecRequest request = exchange.request();
    CodecOperation operation = operation(request);
    exchange.operation = operation;
    origins.check(request);
    hosts.check(request);
    if (request.method().equals("OPTIONS")) {
      return origins.preflight();
    }
    if (!request.method().equals("POST")) {
      throw new Refusal(405, "Only POST is served here").with("Allow", "POST, OPTIONS");
    }
    String namespace = request.header("X-Namespace").orElse(defaultNamespace);
    exchange.namespace = namespace;
    authentication.check(operation, exchange);
    if (namespace == null) {
      throw new Refusal(404, "The header X-Namespace is missing, and there is no default");
    }
    return work.perform(operation, namespace, codec(namespace), exchange);
  }

  private CodecOperation operation(CodecRequest request) {
    CodecOperation operation =
        CodecOperation.ofPath(request.path())
            .orElseThrow(
                () -> new Refusal(404, "The path must end in /encode, /decode or /download"));
    if (operation == CodecOperation.ENCODE && !encodeEnabled) {
      throw new Refusal(404, "This server does not encode");
    }
    return operation;
  }

  private NamespaceCodec codec(String namespace) {
    if (!NamespaceName.isUsable(namespace)) {
      throw new Refusal(
          404,
          "No namespace can be served whose name is blank or 'null': in the keys of stored payloads"
              + " that stands for an unknown one");
    }
    return namespaces
        .apply(namespace)
        .orElseThrow(() -> new Refusal(404, "This server does not serve the namespace asked for"));
  }
}
