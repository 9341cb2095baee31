package io.github.externalstorage;

import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.codec.PayloadCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A user's data converter with the storage codec outermost; the class marks what is done. */
final class StorageDataConverter extends CodecDataConverter {

  private final DataConverter converter;
  private final ExternalStorage storage;

  private StorageDataConverter(
      DataConverter converter, ExternalStorageCodec codec, ExternalStorage storage) {
    super(converter, List.of(codec));
    this.converter = converter;
    this.storage = storage;
  }

  /**
   * Puts the storage around a converter, once.
   *
   * @param codec the settings of the storage codec
   * @throws IllegalStateException if the converter has another storage, or something in it runs
   *     after storage
   */
  static DataConverter wrap(
      DataConverter converter, ExternalStorage storage, ExternalStorageCodec.Builder codec) {
    if (converter instanceof StorageDataConverter wrapped) {
      if (wrapped.storage != storage) {
        throw new IllegalStateException(
            "The data converter already has another external storage; use one ExternalStorage for"
                + " all, with several drivers if need be");
      }
      // Not as it is: one client only reads with it, and another is to store.
      return wrap(wrapped.converter, storage, codec);
    }
    return switch (ConverterProbe.locate(converter)) {
      case LAST -> converter;
      case NOT_LAST -> throw runsAfterStorage();
      case ABSENT ->
          new StorageDataConverter(
              converter, codec.setReferenceCodec(payloadCodec(converter)).build(), storage);
    };
  }

  /**
   * Checks the converter that a worker really uses: another plugin may have come after.
   *
   * @throws IllegalStateException if the storage is missing in it or is not last
   */
  static void requireLast(DataConverter converter) {
    switch (ConverterProbe.locate(converter)) {
      case LAST -> {}
      case NOT_LAST -> throw runsAfterStorage();
      case ABSENT ->
          throw new IllegalStateException(
              "The data converter was replaced after ExternalStoragePlugin had put the storage"
                  + " around it; name ExternalStoragePlugin last in setPlugins");
    }
  }

  private static IllegalStateException runsAfterStorage() {
    return new IllegalStateException(
        "A codec of the data converter runs after external storage and would encode references,"
            + " so that no other SDK can read them; in a CodecDataConverter name the storage codec"
            + " first, among plugins name ExternalStoragePlugin last");
  }

  /** The codec that would have encoded a marked reference: a converter of codecs is one itself. */
  private static @Nullable PayloadCodec payloadCodec(DataConverter converter) {
    return converter instanceof PayloadCodec codec ? codec : null;
  }
}
