package io.github.externalstorage.s3;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/** Credentials that a test lets expire. */
final class ExpiringCredentials implements AwsCredentialsProvider {

  private static final AwsCredentials FORMER =
      AwsBasicCredentials.create("former", "former-secret");

  private volatile boolean expired;

  boolean haveExpired() {
    return expired;
  }

  void expire() {
    expired = true;
  }

  void renew() {
    expired = false;
  }

  @Override
  public AwsCredentials resolveCredentials() {
    return expired ? FORMER : TestClients.CREDENTIALS;
  }
}
