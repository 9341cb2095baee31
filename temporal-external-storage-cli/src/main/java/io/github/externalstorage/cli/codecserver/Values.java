package io.github.externalstorage.cli.codecserver;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The kinds of values that settings have. */
final class Values {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,18}) ?(|B|KiB|MiB|GiB)");
  private static final Pattern DURATION = Pattern.compile("([0-9]{1,12}) ?(ms|s|m|h)");
  private static final Pattern ORIGIN = Pattern.compile("https?://[a-z0-9.-]+(:[0-9]{1,5})?");
  private static final Pattern HOST = Pattern.compile("[a-z0-9._-]+");

  private Values() {}

  static String text(String text) {
    return text;
  }

  static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("must be true or false");
    };
  }

  static Parser<Integer> wholeNumber(int least, int most) {
    return text -> {
      try {
        int number = Integer.parseInt(text);
        if (number >= least && number <= most) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Said below, as is a number beyond the limits.
      }
      throw new IllegalArgumentException(
          "must be a whole number from %d to %d".formatted(least, most));
    };
  }

  /** Bytes, such as {@code 262144}, {@code 256KiB} or {@code 64 MiB}. */
  static Parser<Long> size(long least, long most) {
    return text -> {
      Matcher size = SIZE.matcher(text);
      if (size.matches()) {
        long factor =
            switch (size.group(2)) {
              case "KiB" -> 1L << 10;
              case "MiB" -> 1L << 20;
              case "GiB" -> 1L << 30;
              default -> 1;
            };
        long number = Long.parseLong(size.group(1));
        if (number <= most / factor && number * factor >= least) {
          return number * factor;
        }
      }
      throw new IllegalArgumentException(
          "must be a size such as 64MiB, from %d to %d bytes".formatted(least, most));
    };
  }

  /** A size that Java can have in one piece. */
  static Parser<Integer> sizeInMemory(int least) {
    Parser<Long> size = size(least, Integer.MAX_VALUE);
    return text -> Math.toIntExact(size.parse(text));
  }

  /** A time such as {@code 500ms}, {@code 30s}, {@code 5m} or {@code 1h}. */
  static Parser<Duration> duration(Duration least, Duration most) {
    return text -> {
      Matcher duration = DURATION.matcher(text);
      if (duration.matches()) {
        long number = Long.parseLong(duration.group(1));
        Duration value =
            switch (duration.group(2)) {
              case "ms" -> Duration.ofMillis(number);
              case "m" -> Duration.ofMinutes(number);
              case "h" -> Duration.ofHours(number);
              default -> Duration.ofSeconds(number);
            };
        if (value.compareTo(least) >= 0 && value.compareTo(most) <= 0) {
          return value;
        }
      }
      throw new IllegalArgumentException(
          "must be a time such as 30s, from %s to %s".formatted(describe(least), describe(most)));
    };
  }

  /** The URL of a server, without user and password: they would be told in messages. */
  static URI httpUrl(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getHost() != null
          && uri.getUserInfo() == null
          && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Said below, without the text that the exception quotes.
    }
    throw new IllegalArgumentException(
        "must be a URL such as https://s3.example.com, with no user or password in it");
  }

  static String origin(String text) {
    if (!ORIGIN.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "must be a scheme, a host and maybe a port, such as https://temporal.example.com, in"
              + " lower case and without a slash at its end");
    }
    return text;
  }

  static String hostName(String text) {
    String host = text.toLowerCase(Locale.ROOT);
    if (!HOST.matcher(host).matches()) {
      throw new IllegalArgumentException("must be the name of a host, without a port");
    }
    return host;
  }

  static Pattern pattern(String text) {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "must be a regular expression of Java: " + e.getDescription(), e);
    }
  }

  private static String describe(Duration duration) {
    return duration.toMillis() % 1000 == 0
        ? duration.toSeconds() + "s"
        : duration.toMillis() + "ms";
  }
}
