package consumer;

import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import java.util.regex.Pattern;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** Fails unless both builders say that the AWS SDK is too old, and what to do. */
public final class TooOldAwsSdk {

  private static final Pattern SENTENCE =
      Pattern.compile(
          "The AWS SDK for Java on the class path is 2\\.2[05]\\.\\d+, but"
              + " temporal-external-storage-s3 needs 2\\.30\\.0 or later: import that version of"
              + " software\\.amazon\\.awssdk:bom in your dependencyManagement");

  private TooOldAwsSdk() {}

  /** Runs the program. */
  public static void main(String[] arguments) {
    try (S3AsyncClient client =
        S3AsyncClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      requireRejected(S3StorageDriver.newBuilder().setClient(client).setBucket("payloads")::build);
      requireRejected(S3StorageClientBuilder.newBuilder().setRegion(Region.US_EAST_1)::build);
    }
  }

  private static void requireRejected(Runnable build) {
    try {
      build.run();
    } catch (IllegalStateException e) {
      if (SENTENCE.matcher(e.getMessage()).matches()) {
        return;
      }
      throw e;
    }
    throw new AssertionError("Built, although the AWS SDK is too old");
  }
}
