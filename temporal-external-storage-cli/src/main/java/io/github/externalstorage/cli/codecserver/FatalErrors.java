package io.github.externalstorage.cli.codecserver;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process on errors of the JVM, such as exhausted memory or threads, so that a supervisor
 * restarts it. A server that continues after such an error may keep its port open without
 * responding.
 */
final class FatalErrors {

  /** The exit status of the JVM with -XX:+ExitOnOutOfMemoryError. */
  private static final int EXIT_CODE = 3;

  private static final Logger log = LoggerFactory.getLogger(FatalErrors.class);

  private FatalErrors() {}

  /** Ends the process when such an error ends a thread. */
  static void exitOnUncaught() {
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) -> {
          exitIfFatal(failure);
          log.error("Thread {} failed", thread.getName(), failure);
        });
  }

  static void exitIfFatal(Throwable failure) {
    if (failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError)) {
      try {
        log.error("The process ends, since the JVM failed", failure);
      } finally {
        Runtime.getRuntime().halt(EXIT_CODE);
      }
    }
  }
}
