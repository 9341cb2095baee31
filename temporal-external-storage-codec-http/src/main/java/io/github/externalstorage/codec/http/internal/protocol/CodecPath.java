package io.github.externalstorage.codec.http.internal.protocol;

import io.github.externalstorage.codec.http.spi.CodecOperation;
import java.util.Arrays;
import java.util.Optional;

/** Finds the operation in a path. */
public final class CodecPath {

  private CodecPath() {}

  /** Only the end of a path counts: the Web UI appends it to the endpoint that is configured. */
  public static Optional<CodecOperation> operation(String path) {
    String last = path.substring(path.lastIndexOf('/') + 1);
    return Arrays.stream(CodecOperation.values())
        .filter(operation -> operation.getPathSegment().equals(last))
        .findFirst();
  }
}
