package io.github.externalstorage.codec.http;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered, as the access log tells it.
 *
 * @param method the HTTP method as it was sent
 * @param path the path as it was sent
 * @param operation what was asked for, null if nothing that there is
 * @param namespace the namespace that was asked for, null if none; it need not exist
 * @param subject who asked, null if not known
 * @param status the status of the reply
 * @param payloadsReceived how many payloads were received
 * @param payloadsSent how many payloads were sent
 * @param bytesReceived the bytes of the body that were received
 * @param bytesSent the bytes of the reply's body
 * @param duration from the headers of the request to the last byte of the reply
 * @param keys what was downloaded: the {@code key} of each claim that was admitted
 */
public record CompletedCodecRequest(
    String method,
    String path,
    @Nullable CodecOperation operation,
    @Nullable String namespace,
    @Nullable String subject,
    int status,
    int payloadsReceived,
    int payloadsSent,
    long bytesReceived,
    long bytesSent,
    Duration duration,
    List<String> keys) {

  public CompletedCodecRequest {
    keys = List.copyOf(keys);
  }
}
