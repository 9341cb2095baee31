package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.examples.fulfillment.Orders.Order;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Temporal's Web UI with our codec server. */
@InteropTest
final class WebUiTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path downloads;

  @ParameterizedTest(name = "what {0} wrote")
  @EnumSource(names = {"PYTHON", "JAVA_NATIVE"})
  void showsAndDownloads(Sdk worker, Stage stage, ProcessedBatches batches) throws Exception {
    ProcessedBatch batch = batches.by(worker);
    WebUi ui = new WebUi(stage.browser(downloads));
    ui.setCodecServer(stage.javaCodecServer().url());

    ui.openWorkflow(batch);
    assertThatIs(ui.payload("Input", "batch_id"), batch.input(), OrderBatchRequest.class);
    assertThatIs(ui.payload("Result", "batch_id"), batch.result(), BatchSummary.class);
    assertThat(ui.detail("External Payloads")).isEqualTo("2");
    assertThat(ui.detail("External Payloads Size")).isEqualTo(shown(batch.storedSize()));

    for (RecordedPayload orders : batch.orders()) {
      ui.openEvent(batch, orders.eventId());
      Path file = ui.download(shown(orders.size()));
      assertThatIs(Files.readString(file), orders, Order[].class);
    }
    saveScreenshot(ui);
  }

  /** Saves a screenshot as the picture of the documentation, if requested. */
  private static void saveScreenshot(WebUi ui) throws IOException {
    String path = System.getProperty("screenshot");
    if (path != null) {
      Files.write(Path.of(path), ui.browser().screenshot());
    }
  }

  private static void assertThatIs(String json, RecordedPayload expected, Class<?> type)
      throws IOException {
    assertThat(JSON.readValue(json, type))
        .usingRecursiveComparison()
        .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
        .isEqualTo(JSON.readValue(expected.decoded().getData().toByteArray(), type));
  }

  private static String shown(long bytes) {
    BigDecimal kilobytes =
        BigDecimal.valueOf(bytes).divide(BigDecimal.valueOf(1024), 2, RoundingMode.HALF_UP);
    return kilobytes.stripTrailingZeros().toPlainString() + " KB";
  }
}
