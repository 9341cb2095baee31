package io.github.externalstorage.cli.codecserver;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is wrong with a configuration, gathered so that all of it can be mended at once. */
final class Problems {

  private final Path file;
  private final Set<Problem> problems = new LinkedHashSet<>();
  private final List<String> warnings = new ArrayList<>();

  Problems(Path file) {
    this.file = file;
  }

  /** A problem of the file, at a line that counts from 1. */
  void add(int line, String problem) {
    problems.add(new Problem(line, "%s:%d: %s".formatted(file, line, problem)));
  }

  /** A problem of the file as a whole. */
  void add(String problem) {
    addElsewhere(file + ": " + problem);
  }

  /** A problem that is not the file's. */
  void addElsewhere(String problem) {
    problems.add(new Problem(0, problem));
  }

  /** Something that the server can start with, but that may not be meant. */
  void warn(String warning) {
    warnings.add(warning);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  void throwIfAny() throws ConfigurationException {
    if (!problems.isEmpty()) {
      throw new ConfigurationException(
          problems.stream()
              .sorted(Comparator.comparingInt(Problem::line))
              .map(Problem::message)
              .toList());
    }
  }

  private record Problem(int line, String message) {}
}
