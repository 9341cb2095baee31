package io.github.externalstorage.internal.text;

import org.jspecify.annotations.Nullable;

/** Details in the message of a failure, each of which follows another one after a comma. */
public final class FailureDetails {

  private FailureDetails() {}

  /** What another system says, which is quoted; an empty text if it says nothing. */
  public static String of(String name, @Nullable String value) {
    return value == null || value.isEmpty() ? "" : ", " + name + "=" + Quoted.of(value);
  }

  /** The cause's own message, since Temporal's UI and CLI don't show causes. */
  public static String ofCause(Throwable cause) {
    String message = cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return of("cause", message == null ? name : name + ": " + message);
  }
}
