package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.protocol.CodecRequest;
import io.github.externalstorage.codec.http.internal.protocol.CodecResponse;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import io.github.externalstorage.codec.http.spi.CodecRequestEvent;
import io.github.externalstorage.reference.StorageReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request in progress: what is known about it so far, and the memory that it holds. A listener
 * gets it once it is completed; then it changes no more.
 */
final class CodecExchange implements CodecRequestEvent, AutoCloseable {

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
  private final long start = System.nanoTime();

  @Nullable CodecOperation operation;
  @Nullable String namespace;
  @Nullable String subject;
  int payloadsReceived;
  int payloadsSent;
  long bytesReceived;
  Body body = Body.UNREAD;

  private int status;
  private long bytesSent;
  private Duration duration = Duration.ZERO;

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

  void downloading(StorageReference reference) {
    downloadedKeys.add(reference.claim().getClaimData().getOrDefault("key", ""));
  }

  /** This response was sent, or could not be sent. */
  void complete(CodecResponse response) {
    status = response.status();
    bytesSent = response.body().length();
    duration = Duration.ofNanos(System.nanoTime() - start);
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

  @Override
  public String getMethod() {
    return request.method();
  }

  @Override
  public String getPath() {
    return request.path();
  }

  @Override
  public Optional<CodecOperation> getOperation() {
    return Optional.ofNullable(operation);
  }

  @Override
  public Optional<String> getNamespace() {
    return Optional.ofNullable(namespace);
  }

  @Override
  public Optional<String> getSubject() {
    return Optional.ofNullable(subject);
  }

  @Override
  public int getStatus() {
    return status;
  }

  @Override
  public int getPayloadsReceived() {
    return payloadsReceived;
  }

  @Override
  public int getPayloadsSent() {
    return payloadsSent;
  }

  @Override
  public long getBytesReceived() {
    return bytesReceived;
  }

  @Override
  public long getBytesSent() {
    return bytesSent;
  }

  @Override
  public Duration getDuration() {
    return duration;
  }

  @Override
  public List<String> getDownloadedKeys() {
    return List.copyOf(downloadedKeys);
  }

  /** Releases its memory. */
  @Override
  public void close() {
    memory.close();
  }
}
