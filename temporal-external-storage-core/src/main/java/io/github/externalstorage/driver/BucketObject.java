package io.github.externalstorage.driver;

/**
 * Where an object is. Immutable.
 *
 * @param bucket the bucket that it is in now
 * @param key its key
 */
public record BucketObject(StorageBucket bucket, String key) {}
