package io.github.externalstorage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import io.github.externalstorage.driver.StorageDriverActivityInfo;
import io.github.externalstorage.driver.StorageDriverTargetInfo;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** Properties that hold for the key of every target, and for every text in place of a key. */
final class S3KeyPropertiesTest {

  private static final HashCode HASH = Hashing.sha256().hashInt(1);

  @Property(seed = "1", tries = 1000)
  void everyKeyContainsItsTargetOrNamespace(
      @ForAll("targets") StorageDriverTargetInfo target,
      @ForAll @IntRange(min = 64, max = 1024) int maxSegmentLength) {
    S3ObjectKey key;
    try {
      key = S3ObjectKey.of(Optional.of(target), HASH, maxSegmentLength);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("the namespace takes ");
      assertThat(KeySegment.encode(target.namespace()))
          .hasSizeGreaterThan(Math.min(944, maxSegmentLength));
      return;
    }

    assertThat(new S3ObjectKey(key.value())).isEqualTo(key);
    assertThat(key.namespace())
        .isEqualTo(Optional.of(orNull(target.namespace())).filter(name -> !name.equals("null")));
    assertConfined(key.value());
    List<String> segments = Splitter.on('/').splitToList(key.value());
    assertThat(segments).endsWith("d", "sha256", HASH.toString());
    assertThat(segments)
        .allSatisfy(
            segment -> assertThat(segment.getBytes(UTF_8).length).isBetween(1, maxSegmentLength));
    assertThat(key.value().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1024);
    if (segments.size() == 6) {
      assertThat(fits(fullKey(target), maxSegmentLength)).isFalse();
      assertThat(segments).startsWith("v0", "ns", KeySegment.encode(target.namespace()));
      return;
    }
    assertThat(key.value()).isEqualTo(fullKey(target));
    assertThat(List.of(segments.get(2), segments.get(4), segments.get(6), segments.get(8)))
        .map(KeySegment::decode)
        .containsExactly(
            orNull(target.namespace()),
            orNull(target.type()),
            orNull(target.id()),
            orNull(target.runId()));
  }

  @Property(seed = "2", tries = 1000)
  void everyTextIsConfinedOrRejected(@ForAll("keys") String text) {
    S3ObjectKey key;
    try {
      key = new S3ObjectKey(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("the object key ");
      return;
    }
    assertConfined(key.value());
  }

  @Provide
  Arbitrary<StorageDriverTargetInfo> targets() {
    Arbitrary<@Nullable String> parts =
        Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings().withChars("./\\%~ \u0000\n\u00f6\uD83D\uDCE6").ofMaxLength(6),
                Arbitraries.integers().between(200, 1200).map("x"::repeat),
                Arbitraries.of("", ".", "..", "...", "null", "%2E%2E", "../../secrets"))
            .filter(S3KeyPropertiesTest::isText)
            .injectNull(0.1);
    return Combinators.combine(parts, parts, parts, parts, Arbitraries.of(true, false))
        .as(
            (ns, id, run, type, isWorkflow) ->
                isWorkflow
                    ? new StorageDriverWorkflowInfo(ns, id, run, type)
                    : new StorageDriverActivityInfo(ns, id, run, type));
  }

  @Provide
  Arbitrary<String> keys() {
    return Arbitraries.of(
            "v0",
            "/",
            "..",
            ".",
            "d",
            "sha256",
            HASH.toString(),
            "%2E",
            "%2e",
            "%",
            "ns",
            "\\",
            "?",
            "#",
            ":",
            "//",
            "\n",
            "\u0000",
            "\u00f6",
            "secrets",
            "%2F",
            " ")
        .list()
        .ofMaxSize(10)
        .map(parts -> "v0/" + String.join("", parts));
  }

  /** The key stays below its root, even if a proxy or a file system normalizes it as a path. */
  private static void assertConfined(String key) {
    assertThat(key).startsWith("v0/").matches("[!-~]+");
    assertThat(Splitter.on('/').split(key)).doesNotContain("", ".", "..");
    try {
      String path = new URI("http", "s3.example", "/bucket/" + key, null).normalize().getPath();
      assertThat(path).isEqualTo("/bucket/" + key);
    } catch (URISyntaxException e) {
      throw new AssertionError(key, e);
    }
  }

  private static String fullKey(StorageDriverTargetInfo target) {
    boolean isWorkflow = target instanceof StorageDriverWorkflowInfo;
    return String.join(
        "/",
        "v0/ns",
        KeySegment.encode(target.namespace()),
        isWorkflow ? "wt" : "at",
        KeySegment.encode(target.type()),
        isWorkflow ? "wi" : "ai",
        KeySegment.encode(target.id()),
        "ri",
        KeySegment.encode(target.runId()),
        "d/sha256",
        HASH.toString());
  }

  private static boolean fits(String key, int maxSegmentLength) {
    return key.getBytes(UTF_8).length <= 1024
        && Splitter.on('/')
            .splitToStream(key)
            .allMatch(segment -> segment.getBytes(UTF_8).length <= maxSegmentLength);
  }

  private static String orNull(@Nullable String part) {
    return part == null || part.isEmpty() ? "null" : part;
  }

  /** Unpaired surrogates can't be encoded in UTF-8, so they can't occur in Temporal's messages. */
  private static boolean isText(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }
}
