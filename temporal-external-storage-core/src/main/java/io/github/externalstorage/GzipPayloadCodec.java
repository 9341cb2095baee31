package io.github.externalstorage;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.PayloadFormat;
import io.github.externalstorage.internal.gzip.DecompressionMemory;
import io.github.externalstorage.internal.gzip.GzipReader;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.EncodingKeys;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses payloads with gzip: metadata {@code encoding} = {@code binary/gzip}, data = gzip (RFC
 * 1952) of the serialized payload. The same format as the codec of Temporal's Python sample for
 * external storage. Decoding returns payloads of other encodings unchanged. Thread-safe and
 * immutable.
 *
 * <p>Run it before external storage: then what is stored is compressed, and the threshold applies
 * to the compressed size.
 */
public final class GzipPayloadCodec implements PayloadCodec {

  private static final ByteString ENCODING = ByteString.copyFromUtf8("binary/gzip");

  /** In bytes; gzip takes some milliseconds for these. */
  private static final long PARALLEL_SIZE = 256 * 1024;

  private final int level;
  private final int maxDecompressedSize;

  /** A codec with the defaults of the builder. */
  public GzipPayloadCodec() {
    this(newBuilder());
  }

  private GzipPayloadCodec(Builder builder) {
    level = builder.level;
    maxDecompressedSize = builder.maxDecompressedSize;
  }

  /** A builder with the defaults. */
  public static Builder newBuilder() {
    return new Builder();
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return stream(payloads).map(this::encode).toList();
  }

  /**
   * Decompresses the payloads that are gzip-compressed.
   *
   * @throws PayloadCodecException if the data is not gzip, is cut off, damaged or followed by other
   *     data, decompresses to more than the limit, or does not hold a payload
   */
  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return stream(payloads).map(this::decode).toList();
  }

  /** In parallel where that outweighs the cost of using other threads. */
  private static Stream<Payload> stream(List<Payload> payloads) {
    return payloads.size() > 1
            && payloads.stream().mapToLong(Payload::getSerializedSize).sum() > PARALLEL_SIZE
        ? payloads.parallelStream()
        : payloads.stream();
  }

  private Payload encode(Payload payload) {
    return Payload.newBuilder()
        .putMetadata(EncodingKeys.METADATA_ENCODING_KEY, ENCODING)
        .setData(compress(payload))
        .build();
  }

  private ByteString compress(Payload payload) {
    ByteString.Output compressed = ByteString.newOutput();
    try (OutputStream gzip = new LeveledGzipOutputStream(compressed, level)) {
      payload.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException("Writing to memory failed", e);
    }
    return compressed.toByteString();
  }

  private Payload decode(Payload payload) {
    if (!ENCODING.equals(payload.getMetadataMap().get(EncodingKeys.METADATA_ENCODING_KEY))) {
      return payload;
    }
    try {
      ByteString serialized = GzipReader.decompress(payload.getData(), maxDecompressedSize);
      DecompressionMemory.addParsed(serialized);
      return PayloadFormat.parse(serialized);
    } catch (IOException e) {
      // The parser's exception holds what it had read of the payload.
      throw new PayloadCodecException(
          "A payload of encoding binary/gzip decompresses to something that is not a payload");
    }
  }

  /** The JDK's stream, which has no parameter for the level. */
  private static final class LeveledGzipOutputStream extends GZIPOutputStream {

    private static final int BUFFER_SIZE = 64 * 1024;

    private LeveledGzipOutputStream(OutputStream out, int level) throws IOException {
      super(out, BUFFER_SIZE);
      def.setLevel(level);
    }
  }

  /** Builds a {@link GzipPayloadCodec}. Not thread-safe. */
  public static final class Builder {

    private int level = 6;
    private int maxDecompressedSize = 1 << 30;

    private Builder() {}

    /**
     * The compression level: {@link Deflater#BEST_SPEED} (1) to {@link Deflater#BEST_COMPRESSION}
     * (9). Default: 6. Any level can be decoded by any reader.
     *
     * @throws IllegalArgumentException if outside of 1 to 9
     */
    public Builder setLevel(int level) {
      checkArgument(
          level >= Deflater.BEST_SPEED && level <= Deflater.BEST_COMPRESSION,
          "level must be 1 to 9, not %s",
          level);
      this.level = level;
      return this;
    }

    /**
     * The maximum size of a decompressed payload, in bytes. Decoding a larger one fails after it
     * has used at most twice as much memory. At least 1. Default: 1 GiB.
     *
     * @throws IllegalArgumentException if less than 1
     */
    public Builder setMaxDecompressedSize(int bytes) {
      checkArgument(bytes >= 1, "maxDecompressedSize must be at least 1, not %s", bytes);
      maxDecompressedSize = bytes;
      return this;
    }

    /** Builds the codec. */
    public GzipPayloadCodec build() {
      return new GzipPayloadCodec(this);
    }
  }
}
