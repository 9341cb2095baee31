package io.github.externalstorage.interop;

import java.util.List;
import software.amazon.awssdk.core.async.AsyncResponseTransformer;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Accesses the bucket without the library. */
record Bucket(S3AsyncClient s3, String name) {

  /** The keys with this prefix. */
  List<String> keys(String prefix) {
    return s3
        .listObjectsV2(request -> request.bucket(name).prefix(prefix))
        .join()
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  byte[] read(String key) {
    return s3.getObject(
            request -> request.bucket(name).key(key), AsyncResponseTransformer.toBytes())
        .join()
        .asByteArray();
  }
}
