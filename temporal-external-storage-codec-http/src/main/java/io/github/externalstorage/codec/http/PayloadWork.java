package io.github.externalstorage.codec.http;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.util.List;

/** Does what an admitted request asks for, within the limits. */
final class PayloadWork {

  private final int maxBodySize;
  private final int maxPayloads;
  private final long maxDecodedSize;
  private final WorkerPool workers;

  PayloadWork(CodecHandler.Builder builder) {
    maxBodySize = builder.maxBodySize;
    maxPayloads = builder.maxPayloads;
    maxDecodedSize = builder.maxDecodedSize;
    workers =
        new WorkerPool(
            builder.maxConcurrentRequests, builder.maxQueuedRequests, builder.requestTimeout);
  }

  CodecReply perform(
      CodecOperation operation, String namespace, NamespaceCodec codec, CodecExchange exchange) {
    RequestBody.check(exchange.request(), maxBodySize);
    workers.requireRoom();
    ByteString body = RequestBody.receive(exchange.request(), maxBodySize, exchange.memory());
    exchange.bytesReceived = body.size();
    Outcome outcome =
        workers.call(
            () -> {
              List<Payload> payloads = PayloadsReader.read(body, maxPayloads);
              DecodedSize decodedSize = new DecodedSize(maxDecodedSize, exchange.memory());
              PayloadPipeline pipeline = new PayloadPipeline(namespace, codec, decodedSize);
              List<Payload> result = perform(operation, pipeline, payloads, exchange);
              return new Outcome(payloads.size(), PayloadsWriter.write(result));
            });
    exchange.payloadsReceived = outcome.payloads;
    exchange.payloadsSent = outcome.payloads;
    return CodecReply.json(200, outcome.reply);
  }

  private static List<Payload> perform(
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

  /** As many payloads come out as went in. */
  private record Outcome(int payloads, ReplyBody reply) {}
}
