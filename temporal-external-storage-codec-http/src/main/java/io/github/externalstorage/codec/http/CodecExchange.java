package io.github.externalstorage.codec.http;

import io.github.externalstorage.reference.StorageReference;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A request on its way: what has become known of it, and the memory that it holds. */
final class CodecExchange implements AutoCloseable {

  private final CodecRequest request;
  private final MemoryBudget.Share memory;
  private final long start = System.nanoTime();

  /** A worker that was given up may still add to it. */
  private final List<String> keys = new CopyOnWriteArrayList<>();

  @Nullable CodecOperation operation;
  @Nullable String namespace;
  @Nullable String subject;
  int payloadsReceived;
  int payloadsSent;
  long bytesReceived;

  CodecExchange(CodecRequest request, MemoryBudget.Share memory) {
    this.request = request;
    this.memory = memory;
  }

  CodecRequest request() {
    return request;
  }

  MemoryBudget.Share memory() {
    return memory;
  }

  void downloading(StorageReference reference) {
    keys.add(reference.claim().claimData().getOrDefault("key", ""));
  }

  CompletedCodecRequest complete(CodecReply reply) {
    return new CompletedCodecRequest(
        request.method(),
        request.path(),
        operation,
        namespace,
        subject,
        reply.status(),
        payloadsReceived,
        payloadsSent,
        bytesReceived,
        reply.body().length(),
        Duration.ofNanos(System.nanoTime() - start),
        keys);
  }

  @Override
  public void close() {
    memory.close();
  }
}
