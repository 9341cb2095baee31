package io.github.externalstorage.driver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import com.google.common.hash.Hashing;
import com.google.common.net.PercentEscaper;
import java.net.URI;
import java.net.URLDecoder;
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
final class StorageKeyPropertiesTest {

  private static final String HASH = Hashing.sha256().hashInt(1).toString();

  @Property(seed = "1", tries = 1000)
  void everyKeyContainsItsTargetOrNamespace(
      @ForAll("targets") StorageDriverTargetInfo target,
      @ForAll @IntRange(min = 64, max = 1024) int maxSegmentLength) {
    StorageKey key;
    try {
      key =
          StorageKeyLayout.newBuilder()
              .setMaxSegmentLength(maxSegmentLength)
              .build()
              .createKey(Optional.of(target), HASH);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("the namespace takes ");
      assertThat(encode(target.namespace())).hasSizeGreaterThan(Math.min(944, maxSegmentLength));
      return;
    }

    assertThat(StorageKeyLayout.getDefault().parseKey(key.getValue())).isEqualTo(key);
    assertThat(key.getNamespace())
        .isEqualTo(Optional.of(orNull(target.namespace())).filter(name -> !name.equals("null")));
    assertConfined(key.getValue());
    List<String> segments = key.getSegments();
    assertThat(key.getSha256()).isEqualTo(HASH);
    assertThat(key.getValue()).matches("[!-~]+").isEqualTo(String.join("/", segments));
    assertThat(segments).endsWith("d", "sha256", HASH);
    assertThat(segments)
        .allSatisfy(
            segment -> assertThat(segment.getBytes(UTF_8).length).isBetween(1, maxSegmentLength));
    assertThat(key.getValue().getBytes(UTF_8)).hasSizeLessThanOrEqualTo(1024);
    if (segments.size() == 6) {
      assertThat(fits(fullKey(target), maxSegmentLength)).isFalse();
      assertThat(segments).startsWith("v0", "ns", encode(target.namespace()));
      return;
    }
    assertThat(key.getValue()).isEqualTo(fullKey(target));
    assertThat(List.of(segments.get(2), segments.get(4), segments.get(6), segments.get(8)))
        .map(StorageKeyPropertiesTest::decode)
        .containsExactly(
            orNull(target.namespace()),
            orNull(target.type()),
            orNull(target.id()),
            orNull(target.runId()));
  }

  @Property(seed = "2", tries = 1000)
  void everyTextIsConfinedOrRejected(@ForAll("keys") String text) {
    StorageKey key;
    try {
      key = StorageKeyLayout.getDefault().parseKey(text);
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageStartingWith("the object key ");
      return;
    }
    assertConfined(key.getValue());
    assertThat(key.getValue()).isEqualTo(text).endsWith("/d/sha256/" + key.getSha256());
  }

  @Provide
  Arbitrary<StorageDriverTargetInfo> targets() {
    Arbitrary<@Nullable String> parts =
        Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings().withChars("./\\%~ \u0000\n\u00f6\uD83D\uDCE6").ofMaxLength(6),
                Arbitraries.integers().between(200, 1200).map("x"::repeat),
                Arbitraries.of("", ".", "..", "...", "null", "%2E%2E", "../../secrets"))
            .filter(StorageKeyPropertiesTest::isText)
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
            "v0", "/", "..", ".", "d", "sha256", HASH, "%2E", "%2e", "%", "ns", "\\", "?", "#", ":",
            "//", "\n", "\u0000", "\u00f6", "secrets", "%2F", " ")
        .list()
        .ofMaxSize(10)
        .map(
            parts ->
                "v0/" + String.join("", parts) + (parts.size() > 1 ? "/d/sha256/" + HASH : ""));
  }

  /** The key stays below its root, even if a proxy or a file system normalizes it as a path. */
  private static void assertConfined(String key) {
    assertThat(key).startsWith("v0/").doesNotContainPattern("\\p{Cc}");
    assertThat(Splitter.on('/').split(key)).doesNotContain("", ".", "..");
    assertThat(
            URI.create("http://s3.example/")
                .resolve(new PercentEscaper("/%", false).escape(key))
                .normalize()
                .getPath())
        .isEqualTo(decode("/" + key));
  }

  private static String fullKey(StorageDriverTargetInfo target) {
    boolean isWorkflow = target instanceof StorageDriverWorkflowInfo;
    return String.join(
        "/",
        "v0/ns",
        encode(target.namespace()),
        isWorkflow ? "wt" : "at",
        encode(target.type()),
        isWorkflow ? "wi" : "ai",
        encode(target.id()),
        "ri",
        encode(target.runId()),
        "d/sha256",
        HASH);
  }

  private static boolean fits(String key, int maxSegmentLength) {
    return key.getBytes(UTF_8).length <= 1024
        && Splitter.on('/')
            .splitToStream(key)
            .allMatch(segment -> segment.getBytes(UTF_8).length <= maxSegmentLength);
  }

  /** As the S3 drivers of the other SDKs do. */
  private static String encode(@Nullable String part) {
    String value = orNull(part);
    if (value.equals(".") || value.equals("..")) {
      return "%2E".repeat(value.length());
    }
    StringBuilder encoded = new StringBuilder();
    for (byte b : value.getBytes(UTF_8)) {
      boolean isSafe =
          "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!-_.*'()".indexOf(b) >= 0;
      encoded.append(isSafe ? Character.toString(b) : "%%%02X".formatted(b));
    }
    return encoded.toString();
  }

  private static String decode(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), UTF_8);
  }

  private static String orNull(@Nullable String part) {
    return part == null || part.isEmpty() ? "null" : part;
  }

  /** Unpaired surrogates can't be encoded in UTF-8, so they can't occur in Temporal's messages. */
  private static boolean isText(String text) {
    return UTF_8.newEncoder().canEncode(text);
  }
}
