package io.github.externalstorage.lifecycle.gc;

import java.time.Instant;

/**
 * An object of a bucket.
 *
 * @param bucket the driver's name and the bucket's, with a colon between them
 * @param key its key
 * @param sizeBytes the size of its content, in bytes
 * @param storedAt when it was written, by the storage's clock
 */
public record GcObject(String bucket, String key, long sizeBytes, Instant storedAt) {}
