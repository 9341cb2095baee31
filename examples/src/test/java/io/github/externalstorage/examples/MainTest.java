package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class MainTest {
  @Test
  void hasANameThatTheBuildKnows() {
    assertThat(Main.class.getName()).isEqualTo("io.github.externalstorage.examples.Main");
  }
}
