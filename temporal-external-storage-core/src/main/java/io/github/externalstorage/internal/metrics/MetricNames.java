package io.github.externalstorage.internal.metrics;

import java.util.Set;

/** The names of the metrics and of their tags, in the style of the Temporal SDK. */
public final class MetricNames {

  static final String OPERATION = "temporal_external_storage_operation";
  static final String OPERATION_LATENCY = "temporal_external_storage_operation_latency";
  static final String OPERATION_FAILURE = "temporal_external_storage_operation_failure";
  static final String OPERATION_RETRY = "temporal_external_storage_operation_retry";
  static final String BYTES = "temporal_external_storage_bytes";
  static final String CACHE_HIT = "temporal_external_storage_cache_hit";
  static final String BYTES_IN_FLIGHT = "temporal_external_storage_bytes_in_flight";
  static final String OPERATIONS_WAITING = "temporal_external_storage_operations_waiting";

  static final String DRIVER_TAG = "driver";
  static final String OPERATION_TAG = "operation";
  static final String NAMESPACE_TAG = "namespace";
  static final String REASON_TAG = "reason";

  private MetricNames() {}

  /** All metrics. */
  public static Set<String> all() {
    return Set.of(
        OPERATION,
        OPERATION_LATENCY,
        OPERATION_FAILURE,
        OPERATION_RETRY,
        BYTES,
        CACHE_HIT,
        BYTES_IN_FLIGHT,
        OPERATIONS_WAITING);
  }
}
