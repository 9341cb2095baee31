package io.github.externalstorage.examples;

import static akka.http.javadsl.server.Directives.concat;
import static akka.http.javadsl.server.Directives.path;
import static akka.http.javadsl.server.Directives.pathEndOrSingleSlash;
import static akka.http.javadsl.server.Directives.pathPrefix;
import static akka.http.javadsl.server.PathMatchers.remainingPath;
import static akka.http.javadsl.server.PathMatchers.segment;
import static akka.http.javadsl.server.directives.RouteAdapter.asJava;

import akka.http.javadsl.server.Route;
import akka.stream.Materializer;
import io.findify.s3mock.provider.Provider;
import io.findify.s3mock.route.CreateBucket;
import io.findify.s3mock.route.DeleteObject;
import io.findify.s3mock.route.GetObject;
import io.findify.s3mock.route.ListBucket;
import io.findify.s3mock.route.PutObject;
import scala.collection.immutable.Map$;

/** Which part of s3mock answers which request: {@code /bucket} or {@code /bucket/key}. */
final class LocalS3Routes {

  private final Provider provider;
  private final Materializer materializer;

  LocalS3Routes(Provider provider, Materializer materializer) {
    this.provider = provider;
    this.materializer = materializer;
  }

  Route all() {
    return pathPrefix(
        segment(),
        bucket ->
            concat(
                pathEndOrSingleSlash(() -> ofBucket(bucket)),
                path(remainingPath(), key -> ofObject(bucket, key.toString()))));
  }

  private Route ofBucket(String bucket) {
    return concat(
        asJava(new ListBucket(provider).route(bucket)),
        asJava(new CreateBucket(provider).route(bucket)));
  }

  private Route ofObject(String bucket, String key) {
    return concat(
        asJava(new GetObject(provider).route(bucket, key, Map$.MODULE$.empty())),
        asJava(new PutObject(provider, materializer).route(bucket, key)),
        asJava(new DeleteObject(provider).route(bucket, key)));
  }
}
