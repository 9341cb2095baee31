package io.github.externalstorage.codec.http.internal.protocol;

import io.github.externalstorage.driver.StorageException;
import org.jspecify.annotations.Nullable;

/**
 * An exception for the log, without messages that may quote a payload or a token. Those of the JVM
 * and of the storage are kept: they name classes, memory, buckets and keys only.
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
