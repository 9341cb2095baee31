package io.github.externalstorage.cli.namespaces;

import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.cli.config.Section;
import io.temporal.payload.codec.ChainCodec;
import io.temporal.payload.codec.PayloadCodec;

/** Payload codecs by name: {@code gzip}, or a class on the class path. */
record Codecs(int maxDecodedSize) {

  private static final String GZIP = "gzip";

  /** The codecs of a setting, in the order in which a {@code CodecDataConverter} takes them. */
  PayloadCodec read(Section section, String name) {
    return new ChainCodec(section.list(name, this::parse));
  }

  private PayloadCodec parse(String name) {
    if (name.equals(GZIP)) {
      return GzipPayloadCodec.newBuilder().setMaxDecompressedSize(maxDecodedSize).build();
    }
    try {
      return Class.forName(name).asSubclass(PayloadCodec.class).getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new IllegalArgumentException(
          "must be 'gzip' or a class on the class path; put its jar there with CLASSPATH_PREFIX",
          e);
    } catch (ClassCastException e) {
      throw new IllegalArgumentException(
          "must be a class that implements io.temporal.payload.codec.PayloadCodec", e);
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IllegalArgumentException(
          "must be a public class with a public constructor without parameters", e);
    } catch (ReflectiveOperationException | LinkageError e) {
      throw new IllegalArgumentException(
          "can't be created: " + (e.getCause() == null ? e : e.getCause()).getClass().getName(), e);
    }
  }
}
