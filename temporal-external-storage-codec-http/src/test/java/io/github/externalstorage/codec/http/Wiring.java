package io.github.externalstorage.codec.http;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.options.StorageRetryOptions;
import java.io.IOException;
import java.util.Map;

/**
 * What most tests serve: the namespace "default", gzip, and a storage for payloads of over 1,000
 * bytes.
 */
final class Wiring {

  static final int THRESHOLD = 1000;
  static final GzipPayloadCodec GZIP = new GzipPayloadCodec();

  private Wiring() {}

  static ExternalStorage storage(StorageDriver driver) {
    return ExternalStorage.newBuilder()
        .setDriver(driver)
        .setPayloadSizeThreshold(THRESHOLD)
        .setRetryOptions(StorageRetryOptions.none())
        .build();
  }

  static NamespaceCodec.Builder codec(StorageDriver driver) {
    return NamespaceCodec.newBuilder(storage(driver)).setPreStorageCodec(GZIP);
  }

  static CodecHandler.Builder handler(NamespaceCodec.Builder codec) {
    return CodecHandler.newBuilder().setNamespaces(Map.of("default", codec.build()));
  }

  static CodecServer start(CodecHandler.Builder handler) throws IOException {
    return CodecServer.newBuilder(handler.build()).setPort(0).start();
  }
}
