package io.github.externalstorage.testkit;

import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Threads that make the same call at the same time. */
final class Callers {

  private Callers() {}

  /** Waits for all callers, then reports the first failure. */
  static void runAtOnce(int callers, Runnable call) throws Exception {
    CyclicBarrier start = new CyclicBarrier(callers);
    Callable<Void> caller =
        () -> {
          start.await();
          call.run();
          return null;
        };
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      for (Future<Void> done : threads.invokeAll(Collections.nCopies(callers, caller))) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }
}
