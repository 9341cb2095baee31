package io.github.externalstorage.interop;

import io.github.externalstorage.fixtures.fault.FaultProxy;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** An S3 server that can be restarted, behind a proxy that makes requests fail. */
final class StormS3 implements Closeable {

  private static final String SCRIPT = "../harness/seaweedfs.py";

  private final Path folder;
  private Program server;
  private final URI endpoint;
  private final FaultProxy proxy;
  private final S3AsyncClient client;

  StormS3(Path folder) throws IOException, InterruptedException {
    this.folder = folder;
    server = Program.python(SCRIPT, folder.toString());
    endpoint = URI.create(server.line());
    proxy = FaultProxy.start(endpoint);
    client = S3StorageClientBuilder.newBuilder().setEndpoint(endpoint).build();
  }

  FaultProxy proxy() {
    return proxy;
  }

  /** The bucket, accessed without the proxy. */
  Bucket bucket() {
    return new Bucket(client, Servers.environment("S3_BUCKET"));
  }

  /** Stops the server gracefully and starts it again; in between, connections are refused. */
  void restart() throws IOException, InterruptedException {
    proxy.refuseConnections();
    server.close();
    server = Program.python(SCRIPT, folder.toString()).await(endpoint.toString());
    proxy.acceptConnections();
  }

  @Override
  public void close() {
    client.close();
    proxy.close();
    server.close();
  }
}
