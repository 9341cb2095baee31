package io.github.externalstorage.codec.http.internal.protocol;

import io.github.externalstorage.driver.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * An exception for the log, without messages that may quote a payload or a token. Messages of the
 * JVM and of the storage are kept: they contain only classes, memory, buckets and keys.
 */
public final class RedactedException extends Exception {

  private static final long serialVersionUID = 1L;

  public RedactedException(Throwable thrown) {
    super(describe(thrown), redact(thrown.getCause()));
    setStackTrace(thrown.getStackTrace());
  }

  private static String describe(Throwable thrown) {
    boolean quotesNothing =
        thrown instanceof StorageException
            || thrown instanceof LinkageError
            || thrown instanceof VirtualMachineError;
    return quotesNothing ? thrown.toString() : thrown.getClass().getName();
  }

  private static @Nullable Throwable redact(@Nullable Throwable cause) {
    return cause == null ? null : new RedactedException(cause);
  }
}
