package io.github.externalstorage.options;

import io.github.externalstorage.driver.StorageDriver;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is reported to a {@link StorageListener} about one payload. Immutable. */
public final class StorageEvent {

  /** The two things that a driver does. */
  public enum Operation {
    /** {@link StorageDriver#store}. */
    STORE,
    /** {@link StorageDriver#retrieve}. */
    RETRIEVE
  }

  private final Operation operation;
  private final String driverName;
  private final @Nullable String namespace;
  private final long bytes;
  private final Duration duration;

  private StorageEvent(
      Operation operation,
      String driverName,
      @Nullable String namespace,
      long bytes,
      Duration duration) {
    this.operation = operation;
    this.driverName = driverName;
    this.namespace = namespace;
    this.bytes = bytes;
    this.duration = duration;
  }

  /** An event, for tests of listeners. See the getters for the arguments. */
  public static StorageEvent of(
      Operation operation, String driverName, long bytes, Duration duration) {
    return of(operation, driverName, null, bytes, duration);
  }

  /** An event, for tests of listeners. See the getters for the arguments; null if unknown. */
  public static StorageEvent of(
      Operation operation,
      String driverName,
      @Nullable String namespace,
      long bytes,
      Duration duration) {
    return new StorageEvent(operation, driverName, namespace, bytes, duration);
  }

  /** What was requested. */
  public Operation getOperation() {
    return operation;
  }

  /** The name of the driver. */
  public String getDriverName() {
    return driverName;
  }

  /**
   * The Temporal namespace of the workflow or activity that a payload is stored for, or of the
   * client or worker that retrieves it; empty if unknown, as in a codec server.
   */
  public Optional<String> getNamespace() {
    return Optional.ofNullable(namespace);
  }

  /** The payload's serialized size in bytes; 0 if unknown, as for a retrieval that failed. */
  public long getBytes() {
    return bytes;
  }

  /**
   * The time from the driver's call to its end, retries included; for a retry, the time of the
   * failed attempt; zero for a cache hit.
   */
  public Duration getDuration() {
    return duration;
  }

  @Override
  public String toString() {
    return "StorageEvent[operation=%s, driverName=%s, namespace=%s, bytes=%s, duration=%s]"
        .formatted(operation, driverName, namespace, bytes, duration);
  }
}
