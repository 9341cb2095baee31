package io.github.externalstorage.codec.http.internal.server;

import io.github.externalstorage.codec.http.internal.protocol.CodecRequest;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import io.github.externalstorage.codec.http.spi.CodecRequestEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The event for a completed request. */
final class CompletedRequest implements CodecRequestEvent {

  private final CodecRequest request;
  private final @Nullable CodecOperation operation;
  private final @Nullable String namespace;
  private final @Nullable String subject;
  private final int status;
  private final int payloadsReceived;
  private final int payloadsSent;
  private final long bytesReceived;
  private final long bytesSent;
  private final Duration duration;
  private final List<String> downloadedKeys;

  CompletedRequest(CodecExchange exchange, int status, long bytesSent) {
    this.status = status;
    this.bytesSent = bytesSent;
    request = exchange.request();
    operation = exchange.operation;
    namespace = exchange.namespace;
    subject = exchange.subject;
    payloadsReceived = exchange.payloadsReceived;
    payloadsSent = exchange.payloadsSent;
    bytesReceived = exchange.bytesReceived;
    duration = Duration.ofNanos(System.nanoTime() - exchange.start);
    downloadedKeys = List.copyOf(exchange.downloadedKeys());
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
    return downloadedKeys;
  }
}
