package io.github.externalstorage.s3.internal.requests;

import software.amazon.awssdk.services.s3.DelegatingS3AsyncClient;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Finds the plain client behind an AWS SDK client that uploads large objects in several parts. */
public final class MultipartClients {

  /**
   * The class of a client with {@code multipartEnabled}; internal to the AWS SDK, so compared by
   * name.
   */
  private static final String MULTIPART = "MultipartS3AsyncClient";

  private MultipartClients() {}

  /**
   * Returns the client that uploads an object in one request. S3 has no SHA-256 of a multipart
   * object, and rejects the one that the driver sends.
   */
  public static S3AsyncClient unwrap(S3AsyncClient client) {
    return client.getClass().getSimpleName().equals(MULTIPART)
            && client instanceof DelegatingS3AsyncClient multipart
            && multipart.delegate() instanceof S3AsyncClient whole
        ? whole
        : client;
  }
}
