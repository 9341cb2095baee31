package io.github.externalstorage.codec.http;

import java.util.Optional;

/** What a codec server can be asked for. The last segment of a request's path names it. */
public enum CodecOperation {
  /** Encode payloads as workers and clients do, large ones into the storage. */
  ENCODE("encode"),
  /** Decode payloads, and resolve references unless the caller wants to keep them. */
  DECODE("decode"),
  /** Resolve references and decode what they stand for. */
  DOWNLOAD("download");

  private final String pathSegment;

  CodecOperation(String pathSegment) {
    this.pathSegment = pathSegment;
  }

  /** The last segment of the path, in lower case. */
  public String getPathSegment() {
    return pathSegment;
  }

  /** Only the end of a path counts: the Web UI puts it after whatever endpoint it is given. */
  static Optional<CodecOperation> ofPath(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    for (CodecOperation operation : values()) {
      if (operation.pathSegment.equals(last)) {
        return Optional.of(operation);
      }
    }
    return Optional.empty();
  }
}
