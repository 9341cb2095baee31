package io.github.externalstorage.s3.internal.requests;

import java.util.Arrays;
import software.amazon.awssdk.core.util.VersionInfo;
import software.amazon.awssdk.services.s3.S3BaseClientBuilder;

/**
 * The version of the AWS SDK on the class path. The user chooses it, often through a BOM, so it may
 * be older than the version that this module was compiled against.
 */
public final class AwsSdk {

  private static final String MINIMUM = "2.30.0";

  private AwsSdk() {}

  /**
   * Checks the version.
   *
   * @throws IllegalStateException if the AWS SDK is too old
   */
  public static void requireSupported() {
    // Both were added in 2.30. Without a BOM, the two artifacts can have different versions.
    boolean isSupported =
        hasClass("software.amazon.awssdk.core.checksums.RequestChecksumCalculation")
            && hasMethod(S3BaseClientBuilder.class, "requestChecksumCalculation");
    if (!isSupported) {
      throw new IllegalStateException(
          "The AWS SDK for Java on the class path is %s, but temporal-external-storage-s3 needs %s or later: import that version of software.amazon.awssdk:bom in your dependencyManagement"
              .formatted(version(), MINIMUM));
    }
  }

  /** Whether the AWS SDK has a method that was added after the oldest supported version. */
  static boolean hasMethod(Class<?> type, String name) {
    return Arrays.stream(type.getMethods()).anyMatch(method -> method.getName().equals(name));
  }

  /** Read by reflection, since the compiler would inline the constant. */
  private static String version() {
    try {
      return String.valueOf(VersionInfo.class.getField("SDK_VERSION").get(null));
    } catch (ReflectiveOperationException e) {
      return "of an unknown version";
    }
  }

  private static boolean hasClass(String name) {
    try {
      Class.forName(name, false, AwsSdk.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
