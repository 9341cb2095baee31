package io.github.externalstorage.examples;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEndOrSingleSlash;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.PathMatchers.remainingPath;
import static akka.http.javadsl.server.PathMatchers.segment;
import static akka.http.javadsl.server.directives.RouteAdapter.asJava;

import akka.actor.ActorSystem;
import akka.http.javadsl.ConnectHttp;
import akka.http.javadsl.Http;
import akka.http.javadsl.ServerBinding;
import akka.http.javadsl.server.Route;
import akka.stream.ActorMaterializer;
import akka.stream.Materializer;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import io.findify.s3mock.provider.InMemoryProvider;
import io.findify.s3mock.provider.Provider;
import io.findify.s3mock.request.CreateBucketConfiguration;
import io.findify.s3mock.route.CreateBucket;
import io.findify.s3mock.route.DeleteObject;
import io.findify.s3mock.route.GetObject;
import io.findify.s3mock.route.ListBucket;
import io.findify.s3mock.route.PutObject;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.CompletionException;
import scala.Option;
import scala.collection.immutable.Map$;

/**
 * An S3 server in this JVM that keeps its objects in memory. Built from the parts of findify's
 * s3mock, because s3mock itself listens on every network interface.
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
   * Starts a server with one empty bucket.
   *
   * @param port the port to listen on, 0 for any free port
   * @throws ExampleException if the port is in use
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
                  route(provider, materializer).flow(system, materializer),
                  ConnectHttp.toHost(HOST, port),
                  materializer)
              .toCompletableFuture()
              .join());
    } catch (CompletionException e) {
      system.terminate();
      throw new ExampleException(
          "Port %s is in use: choose another one with --port".formatted(port), e);
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

  /** Serves {@code /bucket} and {@code /bucket/key}. */
  private static Route route(Provider provider, Materializer materializer) {
    return pathPrefix(
        segment(),
        bucket ->
            concat(
                pathEndOrSingleSlash(() -> bucketRoute(provider, bucket)),
                path(
                    remainingPath(),
                    key -> objectRoute(provider, materializer, bucket, key.toString()))));
  }

  private static Route bucketRoute(Provider provider, String bucket) {
    return concat(
        asJava(new ListBucket(provider).route(bucket)),
        asJava(new CreateBucket(provider).route(bucket)));
  }

  private static Route objectRoute(
      Provider provider, Materializer materializer, String bucket, String key) {
    return concat(
        asJava(new GetObject(provider).route(bucket, key, Map$.MODULE$.empty())),
        asJava(new PutObject(provider, materializer).route(bucket, key)),
        asJava(new DeleteObject(provider).route(bucket, key)));
  }
}
