package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.examples.fulfillment.Orders.BatchSummary;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StarterCommandTest {

  private final Locale machine = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(machine);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en-US", "de-CH", "ar-EG", "hi-IN-u-nu-deva"})
  void readsTheSameInEveryLocale(String locale) {
    Locale.setDefault(Locale.forLanguageTag(locale));
    assertThat(
            StarterCommand.startLine(
                "external-storage-1", new OrderBatchRequest("BATCH-1", 20_000)))
        .isEqualTo("Starting workflow external-storage-1 (batch_id=BATCH-1, order_count=20000)");
    assertThat(StarterCommand.summaryLines(summary("168224.49", "139770.43", 4.3)))
        .isEqualTo(
            """
            Batch BATCH-1: 200 orders processed
              Total shipping cost: $168,224.49
              Total weight:        139,770.4 kg
              Avg delivery:        4.3 days""");
    assertThat(StarterCommand.summaryLines(summary("1.10", "0.96", 5)))
        .contains("$1.10", " 1.0 kg", " 5.0 days");
  }

  private static BatchSummary summary(String cost, String weight, double days) {
    return new BatchSummary("BATCH-1", 200, new BigDecimal(cost), new BigDecimal(weight), days);
  }
}
