package io.github.externalstorage.driver;

/** Whether a bucket keeps what was overwritten or deleted. */
public enum BucketVersioning {
  /** Nothing is kept. */
  OFF,
  /** Former versions are kept. */
  ON,
  /** Nothing new is kept, but what was kept before may still exist. */
  SUSPENDED,
  /** It could not be read, for lack of a permission. */
  UNKNOWN
}
