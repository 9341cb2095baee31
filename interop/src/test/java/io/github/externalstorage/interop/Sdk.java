package io.github.externalstorage.interop;

/** An SDK, which is a column of the table in {@code docs/payload-paths.md}. */
enum Sdk {
  PYTHON {
    @Override
    void work(Stage stage, String taskQueue) throws Exception {
      stage.python(SCRIPT, "worker", "--task-queue=" + taskQueue).await("READY");
    }

    @Override
    void processOrders(Stage stage, String taskQueue) throws Exception {
      stage.python("fulfillment.py", "worker", "--task-queue=" + taskQueue).await("READY");
    }

    @Override
    void start(Stage stage, String taskQueue, String run) throws Exception {
      var unused =
          stage.python(SCRIPT, "starter", "--task-queue=" + taskQueue, "--run=" + run).outcome();
    }
  },

  JAVA_NATIVE {
    @Override
    void work(Stage stage, String taskQueue) {
      stage.javaWorker(taskQueue);
    }

    @Override
    void start(Stage stage, String taskQueue, String run) {
      stage.java().everyPath(taskQueue, run).start();
    }
  },

  JAVA_CODEC {
    @Override
    void work(Stage stage, String taskQueue) throws Exception {
      stage.javaSdk138("worker", taskQueue, "storing").await("READY");
    }

    @Override
    void start(Stage stage, String taskQueue, String run) throws Exception {
      var unused = stage.javaSdk138("every-path", taskQueue, run).outcome();
    }
  };

  private static final String SCRIPT = "every_path.py";

  /** Starts a worker. */
  abstract void work(Stage stage, String taskQueue) throws Exception;

  /** Starts a worker that processes batches of orders. */
  void processOrders(Stage stage, String taskQueue) throws Exception {
    work(stage, taskQueue);
  }

  /** Sends payloads along every path, and fails unless they arrive unchanged. */
  abstract void start(Stage stage, String taskQueue, String run) throws Exception;
}
