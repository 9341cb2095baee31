package io.github.externalstorage;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** Gzip that the codec did not create. */
final class GzipSamples {

  private GzipSamples() {}

  /** As the JDK compresses. */
  static byte[] compress(byte[] data) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(data);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** A payload with the encoding of the codec. */
  static Payload payload(ByteString data) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("binary/gzip"))
        .setData(data)
        .build();
  }
}
