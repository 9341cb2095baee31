package io.github.externalstorage.cli.config;

import static java.util.Comparator.comparingInt;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that a misspelt one may stand for. */
final class NearestName {

  private NearestName() {}

  /** The known name with the smallest edit distance, if it is small. */
  static Optional<String> of(String name, Collection<String> known) {
    String lower = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .min(comparingInt(candidate -> distance(lower, candidate)))
        .filter(candidate -> distance(lower, candidate) <= Math.max(2, name.length() / 3));
  }

  /** The edit distance (Levenshtein), without regard to the case of the second text. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int i = 0; i <= from.length(); i++) {
      int diagonal = i;
      for (int j = 0; j <= to.length(); j++) {
        int above = row[j];
        row[j] =
            i == 0 || j == 0
                ? i + j
                : Math.min(
                    diagonal
                        + (from.charAt(i - 1) == Character.toLowerCase(to.charAt(j - 1)) ? 0 : 1),
                    Math.min(above, row[j - 1]) + 1);
        diagonal = above;
      }
    }
    return row[to.length()];
  }
}
