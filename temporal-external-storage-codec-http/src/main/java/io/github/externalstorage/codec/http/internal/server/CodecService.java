package io.github.externalstorage.codec.http.internal.server;

import com.sun.net.httpserver.HttpExchange;
import io.github.externalstorage.codec.http.internal.payloads.NamespaceSettings;
import io.github.externalstorage.codec.http.internal.protocol.CodecRequest;
import io.github.externalstorage.codec.http.internal.protocol.CodecResponse;
import io.github.externalstorage.codec.http.internal.protocol.HostPolicy;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.codec.http.internal.protocol.OriginPolicy;
import io.github.externalstorage.codec.http.internal.protocol.RedactedException;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import io.github.externalstorage.internal.text.NamespaceName;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves requests. Cheap checks come first, and the body is read only once the request is
 * authenticated.
 */
public final class CodecService {

  private static final Logger log = LoggerFactory.getLogger(CodecService.class);

  private final CodecSettings settings;
  private final OriginPolicy origins;
  private final HostPolicy hosts;
  private final Authentication authentication;
  private final ClientWaits waits;
  private final MemoryBudget memory;
  private final PayloadService payloads;
  private final ResponseSender sender;

  public CodecService(CodecSettings settings) {
    this.settings = settings;
    // Starts the JDK's timer thread, while the system still allows new threads.
    Deadline.after(settings.limits().clientTimeout()).close();
    origins = new OriginPolicy(settings.allowedOrigins());
    hosts = new HostPolicy(settings.allowedHosts());
    authentication =
        new Authentication(settings.authenticator(), settings.unauthenticatedAllowed());
    waits = new ClientWaits(settings.limits().maxConcurrentTransfers());
    memory = new MemoryBudget(settings.limits().maxBytesInFlight(), waits::reclaimMemory);
    payloads = new PayloadService(settings.limits(), waits);
    sender = new ResponseSender(waits, settings.limits().clientTimeout());
  }

  /** Whether callers on other machines are served at all. */
  public boolean admitsOtherMachines() {
    return authentication.admitsOtherMachines();
  }

  ClientWaits waits() {
    return waits;
  }

  ResponseSender sender() {
    return sender;
  }

  CodecSettings settings() {
    return settings;
  }

  /**
   * Responds to a request and closes its exchange.
   *
   * @param closing whether connections are to be closed after the response
   * @throws IOException if the response can't be sent
   * @throws VirtualMachineError if the JVM failed, after the response was sent
   */
  public void handle(HttpExchange http, BooleanSupplier closing) throws IOException {
    try (http;
        CodecExchange exchange = new CodecExchange(CodecRequest.of(http), memory.open())) {
      CodecResponse response = respond(exchange, http.getRequestBody());
      origins.allow(exchange.request().origins(), response.headers()::set);
      if (closing.getAsBoolean() || !exchange.isConnectionReusable()) {
        response.headers().set("Connection", "close");
      }
      try {
        sender.send(response, http);
      } finally {
        exchange.complete(response);
        report(exchange);
      }
      if (exchange.isBodyToBeDiscarded()) {
        exchange.memory().close();
        sender.discardBody(http);
      }
      if (exchange.fatal != null) {
        throw exchange.fatal;
      }
    }
  }

  /** The listener's exceptions don't fail the request. */
  private void report(CodecExchange exchange) {
    AccessLog.write(exchange);
    try {
      settings.listener().onCompleted(exchange);
    } catch (RuntimeException e) {
      log.warn("A listener failed", new RedactedException(e));
    }
  }

  private CodecResponse respond(CodecExchange exchange, InputStream body) {
    try {
      return serve(exchange, body);
    } catch (HttpErrorException e) {
      if (e.status() >= 500) {
        log.warn("A request failed with status {}: {}", e.status(), e.getMessage(), cause(e));
      }
      return e.toResponse();
    } catch (RuntimeException | Error e) {
      if (e instanceof VirtualMachineError fatal && !(e instanceof StackOverflowError)) {
        exchange.fatal = fatal;
      }
      log.error("A request failed with status 500", new RedactedException(e));
      return CodecResponse.error(500, "The server failed; see its log");
    }
  }

  private static @Nullable Throwable cause(HttpErrorException e) {
    return e.getCause() == null ? null : new RedactedException(e.getCause());
  }

  private CodecResponse serve(CodecExchange exchange, InputStream body) {
    CodecRequest request = exchange.request();
    request.bodyLength(); // Rejects a length that another server could read differently.
    authentication.checkRemoteAccess(request);
    CodecOperation operation = operation(request);
    exchange.operation = operation;
    origins.check(request);
    hosts.check(request);
    if (request.method().equals("OPTIONS")) {
      return origins.preflight();
    }
    if (!request.method().equals("POST")) {
      throw new HttpErrorException(405, "Only POST is served here").with("Allow", "POST, OPTIONS");
    }
    String namespace = request.header("X-Namespace").orElse(settings.defaultNamespace());
    exchange.namespace = namespace;
    authentication.check(operation, exchange);
    if (namespace == null) {
      throw new HttpErrorException(
          404, "The header X-Namespace is missing, and there is no default namespace");
    }
    if (!NamespaceName.isUsable(namespace)) {
      throw new HttpErrorException(
          404,
          "A namespace whose name is blank or 'null' can't be served: the keys of stored payloads use"
              + " 'null' for an unknown namespace");
    }
    return payloads.perform(operation, namespace, find(namespace), exchange, body);
  }

  private CodecOperation operation(CodecRequest request) {
    CodecOperation operation =
        request
            .operation()
            .orElseThrow(
                () ->
                    new HttpErrorException(
                        404, "The path must end in /encode, /decode or /download"));
    if (operation == CodecOperation.ENCODE && !settings.encodeEnabled()) {
      throw new HttpErrorException(404, "This server does not encode");
    }
    return operation;
  }

  private NamespaceSettings find(String namespace) {
    return settings
        .namespaces()
        .apply(namespace)
        .orElseThrow(
            () -> new HttpErrorException(404, "This server does not serve this namespace"));
  }
}
