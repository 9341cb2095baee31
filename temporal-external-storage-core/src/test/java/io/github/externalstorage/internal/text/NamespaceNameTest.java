package io.github.externalstorage.internal.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NamespaceNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"default", "Null", "NULL", "nullx", "null.abc12", "größe"})
  void keepsOthers(String namespace) {
    assertThat(NamespaceName.isUsable(namespace)).isTrue();
    assertThatCode(() -> NamespaceName.require(namespace)).doesNotThrowAnyException();
  }

  @Test
  void rejectsNull() {
    assertThat(NamespaceName.isUsable("null")).isFalse();
    assertThatThrownBy(() -> NamespaceName.require("null"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("The namespace 'null' can't have external storage")
        .hasMessageEndingWith("use a namespace with another name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t"})
  void rejectsBlanks(String namespace) {
    assertThat(NamespaceName.isUsable(namespace)).isFalse();
    assertThatThrownBy(() -> NamespaceName.require(namespace))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The name of a namespace must not be blank: '" + namespace + "'");
  }
}
