package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.temporal.client.WorkflowClient;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/** Java starts workflows for Python workers, and the reverse. */
@InteropTest
final class FulfillmentTest {

  private final String name = Names.unique("fulfillment");

  @Test
  void javaWorks(Stage stage) throws Exception {
    stage.javaWorker(name);

    assertThatStartersSeeTheSame(stage, HashEntries.BOTH);
  }

  @Test
  void pythonWorks(Stage stage) throws Exception {
    stage.python("fulfillment.py", "worker", "--task-queue=" + name).await("READY");

    assertThatStartersSeeTheSame(stage, HashEntries.STANDARD);
  }

  private void assertThatStartersSeeTheSame(Stage stage, HashEntries workers) throws Exception {
    WorkflowClient client = stage.java().workflowClient();
    BatchSummary java = Batch.start(client, name, name + "-java").summary();
    BatchSummary python = startInPython(stage, name + "-python");

    assertThat(java.orderCount()).isEqualTo(Batch.ORDERS);
    assertThat(python)
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(java);
    OrdersStoredOnce.of(client, stage.bucket(), name + "-java").check(workers);
    OrdersStoredOnce.of(client, stage.bucket(), name + "-python").check(workers);
  }

  private BatchSummary startInPython(Stage stage, String workflowId) throws Exception {
    Program starter =
        stage.python(
            "fulfillment.py",
            "starter",
            "--task-queue=" + name,
            "--workflow-id=" + workflowId,
            "--batch-id=" + Batch.ID,
            "--orders=" + Batch.ORDERS);
    return Batch.summary(starter);
  }
}
