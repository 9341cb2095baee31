package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.fixtures.CodecProtocolContract;
import io.github.externalstorage.fixtures.TestServer;
import io.github.externalstorage.options.StorageRetryOptions;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The program's server keeps the protocol as well. */
final class JettyProtocolTest extends CodecProtocolContract {

  @Override
  protected TestServer start(StorageDriver driver) throws IOException {
    return start(driver, Optional.empty());
  }

  static TestServer start(StorageDriver driver, Optional<TlsKeys> keys) throws IOException {
    ExternalStorage storage =
        ExternalStorage.newBuilder()
            .setDriver(driver)
            .setPayloadSizeThreshold(THRESHOLD)
            .setRetryOptions(StorageRetryOptions.none())
            .build();
    NamespaceCodec codec =
        NamespaceCodec.newBuilder(storage).setPreStorageCodec(new GzipPayloadCodec()).build();
    JettyServer server =
        new JettyServer(
            JettyServerTest.options(),
            CodecHandler.newBuilder().setNamespaces(Map.of("default", codec)).build(),
            () -> CompletableFuture.completedFuture(true),
            keys);
    return new TestServer(server.port(), server::close);
  }
}
