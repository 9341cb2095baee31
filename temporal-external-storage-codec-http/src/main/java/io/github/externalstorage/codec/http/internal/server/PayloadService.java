package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.payloads.NamespaceSettings;
import io.github.externalstorage.codec.http.internal.payloads.PayloadPipeline;
import io.github.externalstorage.codec.http.internal.payloads.PayloadsJson;
import io.github.externalstorage.codec.http.internal.payloads.PayloadsReader;
import io.github.externalstorage.codec.http.internal.protocol.CodecResponse;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import io.temporal.api.common.v1.Payload;
import java.io.InputStream;
import java.util.List;

/** Receives the payloads of an accepted request and processes them, within the limits. */
final class PayloadService {

  private final CodecSettings.Limits limits;
  private final ClientWaits waits;
  private final RequestTurns turns;

  PayloadService(CodecSettings.Limits limits, ClientWaits waits) {
    this.limits = limits;
    this.waits = waits;
    turns =
        new RequestTurns(
            limits.maxConcurrentRequests(), limits.maxQueuedRequests(), limits.requestTimeout());
  }

  CodecResponse perform(
      CodecOperation operation,
      String namespace,
      NamespaceSettings settings,
      CodecExchange exchange,
      InputStream in) {
    RequestBody.check(exchange.request(), limits.maxBodySize());
    turns.requireRoom();
    RequestBody body = receive(exchange, in);
    return turns.call(
        () -> {
          List<Payload> payloads =
              PayloadsReader.read(
                  body.bytes(), body.size(), limits.maxPayloads(), exchange.memory());
          body.release();
          exchange.payloadsReceived = payloads.size();
          PayloadPipeline pipeline =
              new PayloadPipeline(namespace, settings, limits.maxDecodedSize(), exchange.memory());
          List<Payload> result = process(operation, pipeline, payloads, exchange);
          exchange.payloadsSent = result.size();
          return CodecResponse.json(200, new PayloadsJson(result));
        });
  }

  private RequestBody receive(CodecExchange exchange, InputStream in) {
    RequestBody body = new RequestBody(limits.maxBodySize(), exchange.memory());
    exchange.body = CodecExchange.Body.BROKEN;
    try (ClientWait wait = waits.beginWithMemory(limits.clientTimeout())) {
      try {
        body.receive(in, exchange.request().bodyLength(), wait);
      } finally {
        exchange.abandoned = wait.isAbandoned();
      }
    } finally {
      exchange.bytesReceived = body.size();
    }
    exchange.body = CodecExchange.Body.READ;
    return body;
  }

  private static List<Payload> process(
      CodecOperation operation,
      PayloadPipeline pipeline,
      List<Payload> payloads,
      CodecExchange exchange) {
    return switch (operation) {
      case ENCODE -> pipeline.encode(payloads);
      case DECODE ->
          exchange.request().preservesReferences()
              ? pipeline.decodePreservingReferences(payloads)
              : pipeline.decode(payloads);
      case DOWNLOAD -> pipeline.download(payloads, exchange::downloading);
    };
  }
}
