package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.interop.everypath.MessageExchange;
import org.junit.jupiter.api.Test;

/** Storing is disabled and enabled again while a workflow runs. */
@InteropTest
final class StoringSwitchTest {

  private final String name = Names.unique("storing-switch");

  @Test
  void nativeRoute(Stage stage) {
    JavaWorker worker = stage.javaWorker(name);
    MessageExchange messages = MessageExchange.begin(stage.java().workflowClient(), name);

    messages.exchange();
    worker.setStoring(false);
    messages.exchange();
    worker.setStoring(true);
    messages.exchange();
    messages.end();

    assertThat(messages.storedResults()).containsExactly(true, false, true);
  }

  @Test
  void codecRoute(Stage stage) throws Exception {
    Program worker = stage.javaSdk138("worker", name, "storing").await("READY");
    MessageExchange messages = MessageExchange.begin(stage.java().workflowClient(), name);

    messages.exchange();
    worker.send("reading");
    messages.exchange();
    worker.send("storing");
    messages.exchange();
    messages.end();

    assertThat(messages.storedResults()).containsExactly(true, false, true);
  }
}
