package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.interop.everypath.Conversation;
import org.junit.jupiter.api.Test;

/** Storing is switched off, and on again, while a workflow runs. */
@InteropTest
final class StoringSwitchTest {

  private final String name = Names.unique("storing-switch");

  @Test
  void nativeRoute(Stage stage) {
    JavaWorker worker = stage.javaWorker(name);
    Conversation conversation = Conversation.begin(stage.java().workflowClient(), name);

    conversation.exchange();
    worker.setStoring(false);
    conversation.exchange();
    worker.setStoring(true);
    conversation.exchange();
    conversation.end();

    assertThat(conversation.storedAnswers()).containsExactly(true, false, true);
  }

  @Test
  void codecRoute(Stage stage) throws Exception {
    Program worker = stage.javaSdk138("worker", name, "storing").await("READY");
    Conversation conversation = Conversation.begin(stage.java().workflowClient(), name);

    conversation.exchange();
    worker.tell("reading");
    conversation.exchange();
    worker.tell("storing");
    conversation.exchange();
    conversation.end();

    assertThat(conversation.storedAnswers()).containsExactly(true, false, true);
  }
}
