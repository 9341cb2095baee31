package io.github.externalstorage;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Compresses messages to gzip (RFC 1952). */
final class GzipFormat {

  private static final int BUFFER_SIZE = 64 * 1024;

  private GzipFormat() {}

  static ByteString compress(MessageLite message, int level) {
    ByteString.Output compressed =
        ByteString.newOutput(Math.min(message.getSerializedSize(), BUFFER_SIZE));
    try (GZIPOutputStream gzip = new LeveledOutputStream(compressed, level)) {
      message.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory does not fail like a file", e);
    }
    return compressed.toByteString();
  }

  private static final class LeveledOutputStream extends GZIPOutputStream {
    private LeveledOutputStream(ByteString.Output out, int level) throws IOException {
      super(out, BUFFER_SIZE);
      def.setLevel(level);
    }
  }
}
