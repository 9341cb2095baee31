package io.github.externalstorage.driver;

import static java.util.Objects.requireNonNull;

/**
 * A bucket of a storage. Two are equal if they are the same bucket. Immutable.
 *
 * @param service the kind of storage
 * @param location where the storage is, such as its endpoint; empty for the public one of the cloud
 * @param name the name of the bucket
 */
public record StorageBucket(Service service, String location, String name) {

  /** The kinds of storage, which differ in how their lifecycle rules are written. */
  public enum Service {
    /** Amazon S3, or what speaks its protocol. */
    S3,
    /** Google Cloud Storage. */
    GCS
  }

  /** Requires all components. */
  public StorageBucket {
    requireNonNull(service, "service");
    requireNonNull(location, "location");
    requireNonNull(name, "name");
  }

  /** The bucket, for messages. */
  @Override
  public String toString() {
    String text = (service == Service.S3 ? "s3://" : "gs://") + name;
    return location.isEmpty() ? text : text + " (" + location + ")";
  }
}
