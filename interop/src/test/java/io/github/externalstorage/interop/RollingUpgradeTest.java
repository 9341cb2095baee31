package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.interop.everypath.Conversation;
import org.junit.jupiter.api.Test;

/** A workflow outlives the upgrade of its workers, and the way back. */
@InteropTest
final class RollingUpgradeTest {

  private final String name = Names.unique("rolling-upgrade");

  @Test
  void eachWorkerGoesOnWhereTheLastOneStopped(Stage stage) throws Exception {
    Conversation conversation = Conversation.begin(stage.java().workflowClient(), name);

    Program reading = stage.javaSdk138("worker", name, "reading");
    conversation.exchange();
    stage.leave(reading);

    Program storing = stage.javaSdk138("worker", name, "storing");
    conversation.exchange();
    stage.leave(storing);

    JavaWorker upgraded = stage.javaWorker(name);
    conversation.exchange();
    upgraded.setStoring(false);
    conversation.exchange();
    stage.leave(upgraded);

    stage.javaSdk138("worker", name, "reading");
    conversation.exchange();
    conversation.end();

    assertThat(conversation.storedAnswers()).containsExactly(false, true, true, false, false);
  }
}
