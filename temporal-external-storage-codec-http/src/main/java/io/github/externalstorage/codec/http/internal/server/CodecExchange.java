package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.protocol.CodecRequest;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import io.github.externalstorage.reference.StorageReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request in progress: what is known about it so far, and the memory that it holds. */
final class CodecExchange implements AutoCloseable {

  /** How much of the request body was read. */
  enum Body {
    UNREAD,
    /** Its rest is missing, late or malformed, or too large. */
    BROKEN,
    READ
  }

  private static final long MAX_SKIPPED = 64 * 1024;

  private final CodecRequest request;
  private final MemoryBudget.Share memory;
  private final List<String> downloadedKeys = new ArrayList<>();
  final long start = System.nanoTime();

  @Nullable CodecOperation operation;
  @Nullable String namespace;
  @Nullable String subject;
  int payloadsReceived;
  int payloadsSent;
  long bytesReceived;
  Body body = Body.UNREAD;

  /** Whether this client was too slow while others needed its thread. */
  boolean abandoned;

  /** An error of the JVM, such as exhausted memory. */
  @Nullable VirtualMachineError fatal;

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

  List<String> downloadedKeys() {
    return downloadedKeys;
  }

  void downloading(StorageReference reference) {
    downloadedKeys.add(reference.claim().getClaimData().getOrDefault("key", ""));
  }

  /** Whether the rest of the body is to be received, so that the client sees the response. */
  boolean isBodyToBeDiscarded() {
    return hasUnreadBody() && !abandoned;
  }

  /** Whether the client may still be sending; the rest would be read as the next request. */
  boolean hasUnreadBody() {
    return body != Body.READ && bodyLength() != 0;
  }

  /** Whether the rest of the body is so small that skipping it saves the connection. */
  boolean isConnectionReusable() {
    return !hasUnreadBody()
        || (body == Body.UNREAD && bodyLength() > 0 && bodyLength() <= MAX_SKIPPED);
  }

  private long bodyLength() {
    try {
      return request.bodyLength();
    } catch (HttpErrorException e) {
      return -1;
    }
  }

  /** Releases its memory. */
  @Override
  public void close() {
    memory.close();
  }
}
