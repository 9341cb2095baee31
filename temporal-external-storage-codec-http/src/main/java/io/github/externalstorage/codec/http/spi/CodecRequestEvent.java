package io.github.externalstorage.codec.http.spi;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A completed request. Implemented by this library, which may add methods. Immutable. */
public interface CodecRequestEvent {

  /** The HTTP method as it was sent. */
  String getMethod();

  /** The raw path as it was sent. */
  String getPath();

  /** The operation; empty if the path names none. */
  Optional<CodecOperation> getOperation();

  /** The namespace in the request, or else the default namespace; it need not exist. */
  Optional<String> getNamespace();

  /** The authenticated caller; empty without authentication. */
  Optional<String> getSubject();

  /** The HTTP status of the response. */
  int getStatus();

  /** The number of payloads received, 0 if the body was rejected. */
  int getPayloadsReceived();

  /** The number of payloads sent. */
  int getPayloadsSent();

  /** The bytes of the request body that were received. */
  long getBytesReceived();

  /** The bytes of the response body. */
  long getBytesSent();

  /** The time from the head of the request to the last byte of the response. */
  Duration getDuration();

  /** The keys that were downloaded: the {@code key} of each accepted claim, in their order. */
  List<String> getDownloadedKeys();
}
