package io.github.externalstorage.examples;

/** What went wrong and what to do about it, in one line for whoever typed the command. */
final class ExampleException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ExampleException(String message) {
    super(message);
  }

  ExampleException(String message, Throwable cause) {
    super(message, cause);
  }
}
