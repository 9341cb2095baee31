package io.github.externalstorage.examples;

/** A failure that the user can fix. The message says in one line what failed and what to do. */
final class ExampleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ExampleException(String message) {
    super(message);
  }

  ExampleException(String message, Throwable cause) {
    super(message, cause);
  }
}
