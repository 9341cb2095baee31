package io.github.externalstorage.gcs.internal.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageKey;
import io.github.externalstorage.internal.objects.Buckets;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GcsKeysTest {

  private static final String HASH =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
  private static final GcsClaims CLAIMS =
      new GcsClaims(new Buckets((context, payload) -> "b", Set.of("b"), Set.of(), Map.of()));
  private static final String END = "/d/sha256/" + HASH;

  @Property
  void keepsTheNamespaceAndStaysParsable(@ForAll @NotEmpty String namespace, @ForAll String id) {
    Assume.that(isUnicode(namespace) && isUnicode(id) && !namespace.equals("null"));

    StorageKey key = key(namespace, id);

    assertThat(key.getNamespace()).contains(namespace);
    assertThat(key.getSha256()).isEqualTo(HASH);
    assertThat(CLAIMS.parseKey(key.getValue())).isEqualTo(key);
    assertThat(key.getValue().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(1024);
  }

  @Property
  void differsWhereIdsDo(@ForAll @NotEmpty String one, @ForAll @NotEmpty String other) {
    Assume.that(isUnicode(one) && isUnicode(other) && !one.equals(other));
    Assume.that(key("ns", one).getValue().contains("/wi/"));

    assertThat(key("ns", one)).isNotEqualTo(key("ns", other));
  }

  @Test
  void rejectsNamesThatUtf8CantHold() {
    assertThatThrownBy(() -> key("ns", "half of a pair: \uD83D"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the object key has an unpaired surrogate");
  }

  @Test
  void rejectsANamespaceThatFillsTheKey() {
    assertThatThrownBy(() -> key("\u0085".repeat(255), "id"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the namespace takes up 1530 bytes of the object key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "v0",
        "v1" + END,
        "v0/" + END,
        "/v0" + END,
        "v0/.." + END,
        "v0/./a" + END,
        "v0/ns/a%2" + END,
        "v0/ns/100%" + END,
        "v0/ns/%zz" + END,
        "v0/ns/\r\n" + END,
        "v0/ns/\u0085" + END,
        "v0/ns/\uD83D" + END,
        "v0/ns/default",
        "v0" + END + "0",
        "v0" + END + "/",
        "v0" + END + "\n"
      })
  void rejectsWhatIsNoKey(String key) {
    assertThatThrownBy(() -> CLAIMS.parseKey(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("the object key ");
  }

  private static StorageKey key(String namespace, String id) {
    return CLAIMS.createKey(
        Optional.of(new StorageDriverWorkflowInfo(namespace, id, "run", "Type")), HASH);
  }

  private static boolean isUnicode(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
