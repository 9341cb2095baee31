package io.github.externalstorage.codec.http.spi;

/** The operations of a codec server. The last segment of a request's path names one. */
public enum CodecOperation {
  /** Encode payloads as workers and clients do, and store large ones. */
  ENCODE("encode"),
  /** Decode payloads, and resolve references unless the caller asks to keep them. */
  DECODE("decode"),
  /** Resolve references and decode the payloads that they stand for. */
  DOWNLOAD("download");

  private final String pathSegment;

  CodecOperation(String pathSegment) {
    this.pathSegment = pathSegment;
  }

  /** The last segment of the path, in lower case. */
  public String getPathSegment() {
    return pathSegment;
  }
}
