package io.github.externalstorage.s3;

import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The AWS SDK's clients that split large objects into parts, each with a request of its own. */
final class MultipartClients {

  /** A client's class with {@code multipartEnabled}; internal to the AWS SDK, so told by name. */
  private static final String MULTIPART = "MultipartS3AsyncClient";

  private MultipartClients() {}

  /**
   * The client that sends an object whole. S3 has no SHA-256 of an object in parts, and refuses the
   * one that is sent along.
   */
  static S3AsyncClient unwrap(S3AsyncClient client) {
    return client.getClass().getSimpleName().equals(MULTIPART)
            && client instanceof DelegatingS3AsyncClient multipart
            && multipart.delegate() instanceof S3AsyncClient whole
        ? whole
        : client;
  }
}
