package io.github.externalstorage.examples;

import java.time.Duration;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.services.s3.S3AsyncClient;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** Finds out early, and quickly, whether the bucket can be used. */
final class BucketCheck {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final S3AsyncClient client;
  private final S3Settings settings;

  BucketCheck(S3AsyncClient client, S3Settings settings) {
    this.client = client;
    this.settings = settings;
  }

  /**
   * Asks for the bucket.
   *
   * @throws ExampleException if there is no S3, no such bucket, or no access to it
   */
  void run() {
    try {
      client
          .headBucket(
              request ->
                  request
                      .bucket(settings.bucket())
                      .overrideConfiguration(config -> config.apiCallTimeout(TIMEOUT)))
          .join();
    } catch (CompletionException e) {
      throw new ExampleException(
          e.getCause() instanceof S3Exception answer
              ? explain(answer)
              : "Could not reach S3 at %s: start one with -Dexec.args=s3, or set S3_ENDPOINT"
                  .formatted(settings.endpoint()),
          e);
    }
  }

  private String explain(S3Exception answer) {
    return answer.statusCode() == 404
        ? "S3 at %s has no bucket '%s': create it, or set S3_BUCKET"
            .formatted(settings.endpoint(), settings.bucket())
        : "S3 at %s refused access to bucket '%s' (HTTP %s): check AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_REGION and the right s3:ListBucket"
            .formatted(settings.endpoint(), settings.bucket(), answer.statusCode());
  }
}
