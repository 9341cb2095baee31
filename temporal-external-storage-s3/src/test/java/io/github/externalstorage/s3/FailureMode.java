package io.github.externalstorage.s3;

import static io.github.externalstorage.options.StorageEvent.Operation.RETRIEVE;
import static io.github.externalstorage.options.StorageEvent.Operation.STORE;

import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.fixtures.fault.Fault;
import io.github.externalstorage.options.StorageEvent.Operation;
import io.github.externalstorage.s3.internal.requests.S3Fault;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A way in which S3 fails, and its effect: a row of {@code docs/failure-modes.md}.
 *
 * @param fault a description of the fault
 * @param interference injects the fault
 * @param seen how the driver classifies it
 * @param operations the operations that can fail in this way
 */
record FailureMode(
    String fault, Interference interference, S3Fault seen, List<Operation> operations) {

  static final List<FailureMode> ALL =
      List.of(
          mode("500 InternalError", status(500, "InternalError"), S3Fault.BUSY),
          mode("503 SlowDown", status(503, "SlowDown"), S3Fault.BUSY),
          mode("429 TooManyRequests", status(429, "TooManyRequests"), S3Fault.BUSY),
          mode("connection refused", Interference.refusedConnections(), S3Fault.UNREACHABLE),
          mode("reset instead of a response", Fault.lostResponse(), S3Fault.UNREACHABLE),
          mode("reset before the body", Fault.resetBeforeBody(), S3Fault.UNREACHABLE),
          mode("reset inside the body", Fault.resetInsideBody(), S3Fault.UNREACHABLE),
          get("body truncated, length right", Fault.truncatedBody(), S3Fault.UNREACHABLE),
          get("body truncated, length wrong", Fault.truncatedBodyAndLength(), S3Fault.CHANGED),
          put(
              "400 IncompleteBody, body truncated",
              status(400, "IncompleteBody"),
              S3Fault.INCOMPLETE),
          put("one bit flipped", Fault.flippedBit(), S3Fault.INCOMPLETE),
          get("one bit flipped", Fault.flippedBit(), S3Fault.CHANGED),
          mode("stall of 15 s", Fault.stall(Duration.ofSeconds(15)), S3Fault.STALLED),
          mode("slow trickle", Fault.trickle(1000), S3Fault.STALLED),
          get("404 NoSuchKey, object late", status(404, "NoSuchKey"), S3Fault.NO_SUCH_OBJECT),
          get("404 NoSuchKey, object gone", status(404, "NoSuchKey"), S3Fault.NO_SUCH_OBJECT),
          get("403 AccessDenied for a missing object", status(403, "AccessDenied"), S3Fault.DENIED),
          mode("403 AccessDenied, no right", status(403, "AccessDenied"), S3Fault.DENIED),
          mode(
              "400 ExpiredToken, renewed later",
              Interference.expiry(),
              S3Fault.CREDENTIALS_EXPIRED),
          mode(
              "403 RequestTimeTooSkewed, clock skew",
              status(403, "RequestTimeTooSkewed"),
              S3Fault.CLOCK_SKEWED),
          mode(
              "301 PermanentRedirect, wrong region",
              status(301, "PermanentRedirect"),
              S3Fault.WRONG_REGION),
          mode(
              "404 NoSuchBucket, bucket missing",
              status(404, "NoSuchBucket"),
              S3Fault.NO_SUCH_BUCKET),
          mode("507, disk full", status(507, "InsufficientStorage"), S3Fault.FULL));

  private static FailureMode mode(String fault, Interference interference, S3Fault seen) {
    return new FailureMode(fault, interference, seen, List.of(STORE, RETRIEVE));
  }

  private static FailureMode mode(String fault, Fault injected, S3Fault seen) {
    return mode(fault, Interference.of(injected), seen);
  }

  private static FailureMode put(String fault, Fault injected, S3Fault seen) {
    return new FailureMode(fault, Interference.of(injected), seen, List.of(STORE));
  }

  private static FailureMode get(String fault, Fault injected, S3Fault seen) {
    return new FailureMode(fault, Interference.of(injected), seen, List.of(RETRIEVE));
  }

  private static Fault status(int status, String code) {
    return Fault.status(status, code);
  }

  boolean isStall() {
    return seen == S3Fault.STALLED;
  }

  /** The operations of {@link ParcelWorkflow} that can fail in this way, in order. */
  List<Operation> stages() {
    return Stream.of(STORE, RETRIEVE, STORE, RETRIEVE).filter(operations::contains).toList();
  }

  /** The row in the document. */
  String toRow() {
    return "| %s | %s | `%s`: %s | %s | %s |"
        .formatted(
            fault,
            requests(),
            seen.reason(),
            seen.remedy(),
            seen.isRetryable() ? "driver, then Temporal" : "Temporal",
            after());
  }

  private String requests() {
    return operations.stream()
        .map(it -> it == STORE ? "PUT" : "GET")
        .collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return fault + " (" + requests() + ")";
  }

  private String after() {
    if (!seen.isRetryable()) {
      return "at once";
    }
    boolean mostlyLasts = seen.reason() == Reason.NOT_FOUND || seen.reason() == Reason.CORRUPTED;
    return (isStall() ? "4 to 6 s" : "50 ms") + ", for " + (mostlyLasts ? "1 s" : "6 s");
  }
}
