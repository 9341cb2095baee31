package io.github.externalstorage.gcs.internal.requests;

import com.google.common.base.Throwables;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.internal.objects.DeniedOrMissing;
import io.github.externalstorage.internal.objects.ObjectClaim;
import io.github.externalstorage.internal.text.FailureDetails;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * An operation on an object, and the translation of its failures into {@link StorageException}s.
 *
 * @param operation the operation
 * @param bucket the bucket that the object is in now
 * @param key the object's key; the beginning of all keys if objects are listed
 * @param endpoint where requests are sent
 */
public record GcsCall(GcsOperation operation, String bucket, String key, GcsEndpoint endpoint) {

  public GcsCall(GcsOperation operation, ObjectClaim object, GcsEndpoint endpoint) {
    this(operation, object.bucket(), object.key().getValue(), endpoint);
  }

  /**
   * Translates the failure of a request into a {@link StorageException}. Cancellations, {@link
   * Error}s and exceptions that already are {@link StorageException}s are returned unchanged.
   */
  Throwable translate(Throwable failure) {
    List<Throwable> causes = Throwables.getCausalChain(failure);
    for (Throwable cause : causes) {
      if (cause instanceof StorageException
          || cause instanceof CancellationException
          || cause instanceof Error) {
        return cause;
      }
    }
    return failure(faultOf(causes), FailureDetails.ofCause(causes.get(causes.size() - 1)), failure);
  }

  private static GcsFault faultOf(List<Throwable> causes) {
    for (Throwable cause : causes) {
      if (cause instanceof CredentialsException e) {
        return e.isRetryable() ? GcsFault.CREDENTIALS_UNREACHABLE : GcsFault.NO_CREDENTIALS;
      }
    }
    if (causes.stream().anyMatch(GeneralSecurityException.class::isInstance)) {
      return GcsFault.UNTRUSTED;
    }
    return causes.stream().anyMatch(IOException.class::isInstance)
        ? GcsFault.UNREACHABLE
        : GcsFault.CLIENT_FAILED;
  }

  public StorageException failure(GcsFault fault) {
    return failure(fault, "", null);
  }

  public StorageException failure(GcsError error) {
    String details =
        ", status="
            + error.status()
            + FailureDetails.of("reason", error.reason())
            + FailureDetails.of("uploadId", error.uploadId())
            + FailureDetails.of("message", error.message());
    return failure(GcsFault.of(operation, error), details, null);
  }

  /** The failure of a read whose object is larger than allowed. */
  public StorageException tooLarge(long size, int maxSize) {
    return failure(GcsFault.TOO_LARGE, ", size=" + size + ", maxPayloadSize=" + maxSize, null);
  }

  private StorageException failure(GcsFault fault, String details, @Nullable Throwable cause) {
    return new StorageException(
        fault.reason(),
        fault.isRetryable(),
        "GCS %s failed [bucket=%s, key=%s%s%s, retryable=%s]: %s"
            .formatted(
                operation,
                bucket,
                printable(key),
                endpoint,
                details,
                fault.isRetryable(),
                fault.remedy()),
        mayBeMissing(fault) ? new DeniedOrMissing(cause) : cause);
  }

  /** An object that is stored need not exist. */
  private boolean mayBeMissing(GcsFault fault) {
    return fault == GcsFault.DENIED && operation != GcsOperation.STORE;
  }

  /** Keys keep most of Unicode; what could break lines or reorder a message is escaped here. */
  private static String printable(String key) {
    StringBuilder text = new StringBuilder();
    key.codePoints()
        .forEach(
            c -> {
              switch (Character.getType(c)) {
                case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE ->
                    text.append("\\u{%X}".formatted(c));
                default -> text.appendCodePoint(c);
              }
            });
    return text.toString();
  }
}
