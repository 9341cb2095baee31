package io.github.externalstorage.internal.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuotedTest {

  @Test
  void isTheTextInQuotes() {
    assertThat(Quoted.of("payloads-1")).isEqualTo("'payloads-1'");
  }

  @Test
  void staysOnOneLine() {
    assertThat(Quoted.of("a\r\nb\u0000\u001B[31mé")).isEqualTo("'a??b??[31m?'");
  }

  @Test
  void isNotTooLong() {
    assertThat(Quoted.of("x".repeat(10_000))).hasSize(202).startsWith("'xxx").endsWith("x...'");
  }
}
