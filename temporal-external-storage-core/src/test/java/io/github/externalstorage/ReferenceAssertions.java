package io.github.externalstorage;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.common.v1.Payload;

/** Compares references as their readers see them: the spelling of their JSON is free. */
public final class ReferenceAssertions {

  private ReferenceAssertions() {}

  public static void assertSameReference(Payload actual, Payload expected) {
    assertThat(actual.toBuilder().clearData().build())
        .isEqualTo(expected.toBuilder().clearData().build());
    assertThat(Golden.json(actual.getData())).isEqualTo(Golden.json(expected.getData()));
  }
}
