package io.github.externalstorage.testkit;

import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Targets with names that are difficult for keys, paths and requests. */
enum SampleTarget {
  RUNNING("default", "order-1", "5f1c9a1e", "ProcessOrder"),
  STARTED("default", "order-1", null, "ProcessOrder"),
  SIGNALLED("default", "order-1", null, null),
  UNKNOWN(null, null, null, null),
  NAMED_NULL("null", "null", "null", "null"),
  EMPTY_PARTS("", "", "", ""),
  SLASHES("a/b", "/orders//1/", "r/1", "com/acme/Order"),
  DOTS("..", ".", "../..", "a.b..c"),
  CLIMBING_PATH("default", "../../../../etc/passwd", "..", "..\\.."),
  PERCENT_SIGNS("100%", "%2F%2e%2E", "%", "%zz"),
  URL_SYNTAX("a?b=c&d", "x#y", "a+b c", ":@;,=!$'()*~[]{}<>|^`\""),
  CONTROL_CHARACTERS("tab\t", "line\r\nbreak", "nul\u0000", "del\u007F"),
  NOT_ASCII("größe", "заказ-1", "\uD83D\uDCE6", "注文"),
  NOT_NORMALIZED("e\u0301", "\u00E9", "\u212B", "\u200B"),
  LONGEST_ID("default", "i".repeat(255), "5f1c9a1e", "ProcessOrder"),
  /** Temporal allows ids of 1,000 bytes; S3 allows keys of 1,024. */
  LONG_ID_NOT_ASCII("größe", "注".repeat(120), "5f1c9a1e", "注文"),
  LONG_ID_AND_TYPE("größe", "i".repeat(1000), "5f1c9a1e", "T".repeat(1000)),
  LONGEST_NAMESPACE("n".repeat(255), "order-1", "5f1c9a1e", "ProcessOrder");

  private final @Nullable String namespace;
  private final @Nullable String id;
  private final @Nullable String runId;
  private final @Nullable String type;

  SampleTarget(
      @Nullable String namespace,
      @Nullable String id,
      @Nullable String runId,
      @Nullable String type) {
    this.namespace = namespace;
    this.id = id;
    this.runId = runId;
    this.type = type;
  }

  /** A workflow and a standalone activity. */
  List<StorageDriverTargetInfo> infos() {
    return List.of(
        new StorageDriverWorkflowInfo(namespace, id, runId, type),
        new StorageDriverActivityInfo(namespace, id, runId, type));
  }
}
