package io.github.externalstorage.interop;

import java.io.IOException;
import java.util.stream.Stream;

/** The fulfillment example on an SDK of another language. */
enum OtherSdk {
  GO(HashEntries.STANDARD) {
    @Override
    Program run(Stage stage, String... arguments) throws IOException {
      return stage.go(arguments);
    }
  },

  PYTHON(HashEntries.STANDARD) {
    @Override
    Program run(Stage stage, String... arguments) throws IOException {
      return stage.python("fulfillment.py", arguments);
    }
  },

  TYPESCRIPT(HashEntries.CAMEL_CASE) {
    @Override
    Program run(Stage stage, String... arguments) throws IOException {
      return stage.typeScript("fulfillment.ts", arguments);
    }
  };

  private final HashEntries hashEntries;

  OtherSdk(HashEntries hashEntries) {
    this.hashEntries = hashEntries;
  }

  /** Those that its S3 driver writes. */
  HashEntries hashEntries() {
    return hashEntries;
  }

  abstract Program run(Stage stage, String... arguments) throws IOException;

  /** Starts a worker that stores every payload. */
  Program worker(Stage stage, String taskQueue, String... options) throws IOException {
    return run(
        stage,
        Stream.concat(
                Stream.of("worker", "--task-queue=" + taskQueue, "--payload-size-threshold=1"),
                Stream.of(options))
            .toArray(String[]::new));
  }

  /** Starts a batch and waits for its summary. Every payload is stored. */
  Program starter(Stage stage, String taskQueue, String workflowId) throws IOException {
    return run(
        stage,
        "starter",
        "--task-queue=" + taskQueue,
        "--payload-size-threshold=1",
        "--workflow-id=" + workflowId,
        "--batch-id=" + Batch.ID,
        "--orders=" + Batch.ORDERS);
  }
}
