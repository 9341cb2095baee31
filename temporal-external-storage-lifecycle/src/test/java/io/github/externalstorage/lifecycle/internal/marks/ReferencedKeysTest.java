package io.github.externalstorage.lifecycle.internal.marks;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Strings;
import io.github.externalstorage.driver.StorageDriverClaim;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReferencedKeysTest {

  private static final String KEY = "v0/ns/orders/d/sha256/" + "a".repeat(64);

  @Test
  void findsKeysInAnyValue() {
    Set<String> keys =
        ReferencedKeys.of(
            new StorageDriverClaim(
                Map.of("location", "https://s3.example.com/payloads/" + KEY, "path", "other/key")));

    assertThat(keys).contains(KEY, "other/key");
  }

  @Test
  void findsAKeyInsideOfText() {
    Set<String> keys = new HashSet<>();

    ReferencedKeys.add("{\"key\":\"" + KEY + "\",\"hash_algorithm\":\"sha256\"}", keys);

    assertThat(keys).contains(KEY);
  }

  @Test
  void manyBeginningsOfKeysTakeLittleMemory() {
    String value = Strings.repeat("v0/", 400_000) + "d/sha256/" + "a".repeat(64);

    Set<String> keys = ReferencedKeys.of(new StorageDriverClaim(Map.of("key", value)));

    assertThat(keys.stream().mapToInt(String::length).sum()).isLessThan(2 * value.length());
    assertThat(keys).contains("v0/d/sha256/" + "a".repeat(64));
  }
}
