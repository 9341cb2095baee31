package io.github.externalstorage.cli.config;

import io.github.externalstorage.internal.text.NamespaceName;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Parsers of settings. They throw an IllegalArgumentException that says what the text must be, and
 * does not quote it.
 */
public final class Values {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?(|B|KiB|MiB|GiB)");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12}) ?(ms|s|m|h|d)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1),
          "d", Duration.ofDays(1));
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");
  private static final Pattern HOST = Pattern.compile("[a-z0-9._-]+");

  private Values() {}

  public static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  public static Function<String, Integer> wholeNumber(int min, int max) {
    return text -> {
      try {
        int number = Integer.parseInt(text);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Reported below, as is a number out of range.
      }
      throw new IllegalArgumentException(
          "must be a whole number from %d to %d".formatted(min, max));
    };
  }

  /** Bytes, such as {@code 262144}, {@code 256KiB} or {@code 64 MiB}. */
  public static Function<String, Long> size(long min, long max) {
    return text -> {
      Matcher size = SIZE.matcher(text);
      if (size.matches()) {
        int shift = 10 * List.of("KiB", "MiB", "GiB").indexOf(size.group(2)) + 10;
        long number = Long.parseLong(size.group(1));
        if (number <= max >> shift && number << shift >= min) {
          return number << shift;
        }
      }
      throw new IllegalArgumentException(
          "must be a size such as 64MiB, from %d to %d bytes".formatted(min, max));
    };
  }

  /** A size that fits into an array. */
  public static Function<String, Integer> arraySize(int min) {
    return size(min, Integer.MAX_VALUE).andThen(Math::toIntExact);
  }

  /** A time such as {@code 500ms}, {@code 30s}, {@code 5m} or {@code 1h}. */
  public static Function<String, Duration> duration(Duration min, Duration max) {
    return text -> {
      Matcher duration = DURATION.matcher(text);
      if (duration.matches()) {
        Duration unit = UNITS.getOrDefault(duration.group(2), Duration.ZERO);
        Duration value = unit.multipliedBy(Long.parseLong(duration.group(1)));
        if (value.compareTo(min) >= 0 && value.compareTo(max) <= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException(
          "must be a time such as 30s, from %s to %s".formatted(describe(min), describe(max)));
    };
  }

  /** The name of a namespace whose payloads can be distinguished from others by their keys. */
  public static String namespace(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("must not be blank");
    }
    if (!NamespaceName.isUsable(text)) {
      throw new IllegalArgumentException(
          "must be another namespace: '%s' stands for an unknown one in the keys of stored payloads"
              .formatted(text));
    }
    return text;
  }

  /** The URL of a server, without user and password: messages would show them. */
  public static URI httpUrl(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null
          && uri.getUserInfo() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Reported below, without the text that the exception quotes.
    }
    throw new IllegalArgumentException(
        "must be a URL such as https://s3.example.com, with no user or password in it");
  }

  public static String origin(String text) {
    if (!ORIGIN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a scheme, a host and maybe a port, such as https://temporal.example.com, in"
              + " lower case and without a trailing slash");
    }
    return text;
  }

  public static String hostName(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("must be a host name without a port");
    }
    return host;
  }

  public static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "must be a regular expression of Java: " + e.getDescription(), e);
    }
  }

  /** In the largest unit that makes it a whole number. */
  private static String describe(Duration duration) {
    return UNITS.entrySet().stream()
        .filter(
            unit ->
                unit.getValue().multipliedBy(duration.dividedBy(unit.getValue())).equals(duration))
        .filter(unit -> !duration.isZero())
        .max(Map.Entry.comparingByValue())
        .map(unit -> duration.dividedBy(unit.getValue()) + unit.getKey())
        .orElse("0s");
  }
}
