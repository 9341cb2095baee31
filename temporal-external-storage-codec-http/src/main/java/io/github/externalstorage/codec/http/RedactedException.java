package io.github.externalstorage.codec.http;

import org.jspecify.annotations.Nullable;

/** What was thrown, for the log, without its messages: they may quote a payload or a token. */
final class RedactedException extends Exception {

  private static final long serialVersionUID = 1L;

  RedactedException(Throwable thrown) {
    super(thrown.getClass().getName(), redact(thrown.getCause()));
    setStackTrace(thrown.getStackTrace());
  }

  private static @Nullable Throwable redact(@Nullable Throwable cause) {
    return cause == null ? null : new RedactedException(cause);
  }
}
