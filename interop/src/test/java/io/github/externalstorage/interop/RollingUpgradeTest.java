package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.interop.everypath.MessageExchange;
import org.junit.jupiter.api.Test;

/** A workflow continues across an upgrade of its workers, and a rollback. */
@InteropTest
final class RollingUpgradeTest {

  private final String name = Names.unique("rolling-upgrade");

  @Test
  void eachWorkerContinuesWhereTheLastOneStopped(Stage stage) throws Exception {
    MessageExchange messages = MessageExchange.begin(stage.java().workflowClient(), name);

    Program reading = stage.javaSdk138("worker", name, "reading");
    messages.exchange();
    stage.leave(reading);

    Program storing = stage.javaSdk138("worker", name, "storing");
    messages.exchange();
    stage.leave(storing);

    JavaWorker upgraded = stage.javaWorker(name);
    messages.exchange();
    upgraded.setStoring(false);
    messages.exchange();
    stage.leave(upgraded);

    stage.javaSdk138("worker", name, "reading");
    messages.exchange();
    messages.end();

    assertThat(messages.storedResults()).containsExactly(false, true, true, false, false);
  }
}
