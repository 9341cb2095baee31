package io.github.externalstorage.examples;

import akka.actor.ActorSystem;
import akka.http.javadsl.ConnectHttp;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.stream.ActorMaterializer;
import akka.stream.Materializer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.findify.s3mock.provider.InMemoryProvider;
import io.findify.s3mock.provider.Provider;
import io.findify.s3mock.request.CreateBucketConfiguration;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionException;
import scala.Option;

/**
 * An S3 in this JVM that keeps its objects in memory. Built from the parts of findify's s3mock,
 * because as a whole that listens on every network interface.
 */
final class LocalS3 implements AutoCloseable {

  private static final String HOST = "127.0.0.1";
  private static final Config SETTINGS =
      ConfigFactory.parseMap(
          Map.of(
              "akka.daemonic", true,
              "akka.loglevel", "OFF",
              "akka.stdout-loglevel", "OFF",
              "akka.jvm-exit-on-fatal-error", false,
              "akka.http.server.parsing.max-content-length", "512m"));

  private final ActorSystem system;
  private final ServerBinding binding;

  private LocalS3(ActorSystem system, ServerBinding binding) {
    this.system = system;
    this.binding = binding;
  }

  /**
   * Starts serving one empty bucket.
   *
   * @param port where to listen, 0 for any free port
   * @throws ExampleException if the port is taken
   */
  static LocalS3 start(int port, String bucket) {
    ActorSystem system =
        ActorSystem.create("local-s3", SETTINGS.withFallback(ConfigFactory.load()));
    Materializer materializer = ActorMaterializer.create(system);
    Provider provider = new InMemoryProvider();
    provider.createBucket(bucket, new CreateBucketConfiguration(Option.empty()));
    try {
      return new LocalS3(
          system,
          Http.get(system)
              .bindAndHandle(
                  new LocalS3Routes(provider, materializer).all().flow(system, materializer),
                  ConnectHttp.toHost(HOST, port),
                  materializer)
              .toCompletableFuture()
              .join());
    } catch (CompletionException e) {
      system.terminate();
      throw new ExampleException(
          "Port %s is taken: choose another one with --port".formatted(port), e);
    }
  }

  URI endpoint() {
    return URI.create("http://" + HOST + ":" + binding.localAddress().getPort());
  }

  @Override
  public void close() {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }
}
