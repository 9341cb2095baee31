package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.GzipPayloadCodec;
import io.temporal.payload.codec.ChainCodec;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;

/** Payload codecs by name: {@code gzip}, or a class on the class path. */
record Codecs(int maxDecodedSize) implements Parser<PayloadCodec> {

  private static final String GZIP = "gzip";

  /** The codecs of a setting, in the order in which a {@code CodecDataConverter} takes them. */
  PayloadCodec read(Section section, String name) {
    List<PayloadCodec> codecs = section.list(name, this);
    return new ChainCodec(codecs);
  }

  @Override
  public PayloadCodec parse(String name) {
    if (name.equals(GZIP)) {
      return GzipPayloadCodec.newBuilder().setMaxDecompressedSize(maxDecodedSize).build();
    }
    try {
      return Class.forName(name).asSubclass(PayloadCodec.class).getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "must be 'gzip' or a class on the class path; put its jar there with java -cp", e);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "must be a class that implements io.temporal.payload.codec.PayloadCodec", e);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "must be a public class with a public constructor that takes nothing", e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalArgumentException(
          "can't be made: " + (e.getCause() == null ? e : e.getCause()).getClass().getName(), e);
    }
  }
}
