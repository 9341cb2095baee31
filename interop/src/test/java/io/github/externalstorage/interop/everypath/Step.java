package io.github.externalstorage.interop.everypath;

import io.temporal.failure.ApplicationFailure;
import java.util.function.Consumer;

/** Names a cargo that the receiver creates. */
public record Step(String run, String path) {

  Cargo cargo() {
    return Cargo.of(run, path);
  }

  /**
   * Expects the call to fail with the cargo in its details; otherwise fails with a non-retryable
   * error.
   */
  void expectFailure(Consumer<Step> call) {
    try {
      call.accept(this);
    } catch (RuntimeException e) {
      if (e.getCause() instanceof ApplicationFailure failure) {
        failure.getDetails().get(0, Cargo.class).expect(path);
        return;
      }
      throw e;
    }
    throw ApplicationFailure.newNonRetryableFailure(path + " did not fail", "NoFailure");
  }
}
