package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import io.github.externalstorage.driver.FileStorageDriver;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.testkit.HistoryPayload;
import io.github.externalstorage.testkit.WorkflowHistories;
import io.temporal.client.WorkflowClient;
import io.temporal.common.WorkflowExecutionHistory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes with different SDKs share a directory. */
@InteropTest
final class FilesTest {

  private final String name = Names.unique("files");

  @TempDir private Path directory;

  @Test
  void areSharedByProcesses(Stage stage) throws Exception {
    stage.javaSdk138("file-worker", name, directory.toString()).await("READY");
    Participant starter = stage.javaOnFiles(directory);
    WorkflowClient client = starter.workflowClient();

    BatchSummary summary = Batch.start(client, name, name).summary();

    assertThat(summary.orderCount()).isEqualTo(Batch.ORDERS);
    WorkflowExecutionHistory history = client.fetchHistory(name);
    List<StorageReference> references =
        WorkflowHistories.getPayloads(history).stream()
            .flatMap(payload -> payload.reference().stream())
            .toList();
    assertThat(references)
        .hasSize(2)
        .extracting(StorageReference::driverName)
        .containsOnly(FileStorageDriver.TYPE);
    for (StorageReference reference : references) {
      Path file = directory.resolve(reference.claim().getClaimData().getOrDefault("key", ""));
      assertThat(Hashing.sha256().hashBytes(Files.readAllBytes(file)))
          .hasToString(reference.claim().getClaimData().get("hash_value"));
    }
    assertThat(
            WorkflowHistories.getPayloads(
                WorkflowHistories.inlineReferences(history, starter.storage())))
        .noneMatch(HistoryPayload::isStored);
  }
}
