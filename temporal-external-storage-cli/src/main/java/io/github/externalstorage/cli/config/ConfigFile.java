package io.github.externalstorage.cli.config;

import static java.util.Comparator.comparing;

import com.google.common.collect.Sets;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/**
 * The configuration file, in YAML 1.2, as it was read once, with all that is wrong with it and the
 * files that it names. Values may hold variables of the environment: <code>${NAME}</code>, or
 * <code>${NAME:-default}</code> for one that may be missing or empty. Not thread-safe, except for
 * {@link #hasChanged()}.
 */
public final class ConfigFile {

  /** User and password in a URL. */
  private static final Pattern CREDENTIALS = Pattern.compile("//\\S*@");

  private static final Pattern VARIABLE =
      Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?}");
  private static final String UNREADABLE = "";

  private final Path path;
  private final Map<String, String> environment;
  private final Set<Problem> problems =
      new TreeSet<>(comparing(Problem::line).thenComparing(Problem::message));
  private final List<String> warnings = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();
  private final Map<Path, String> hashes = new HashMap<>();
  private final List<Section> sections = new ArrayList<>();
  private final Section root;

  /**
   * Reads the file.
   *
   * @throws ConfigException if it can't be read, or is not YAML
   */
  public ConfigFile(Path path, Map<String, String> environment) throws ConfigException {
    this.path = path;
    this.environment = environment;
    watch(path);
    root = new Section(this, "", 1, compose());
  }

  public Section root() {
    return root;
  }

  /** A file that the configuration names; a relative path starts at the configuration's folder. */
  public Path resolve(String file) {
    try {
      return path.toAbsolutePath().resolveSibling(file);
    } catch (InvalidPathException e) {
      // Not as the cause: its message quotes the text.
      throw new IllegalArgumentException("must be a path");
    }
  }

  /**
   * Notes a file's content, for {@link #hasChanged()}. To be called before the file is read, so
   * that no change is missed.
   */
  public Path watch(Path file) {
    hashes.put(file, hash(file));
    return file;
  }

  /**
   * Whether a file has changed since. The contents are compared, since a mounted volume changes
   * through a link somewhere in the path, which does not change the file's time.
   */
  public boolean hasChanged() {
    return hashes.entrySet().stream()
        .anyMatch(entry -> !entry.getValue().equals(hash(entry.getKey())));
  }

  /** The settings that another version of the file has changed, added or removed, by path. */
  public Set<String> differences(ConfigFile other) {
    return Sets.symmetricDifference(values.entrySet(), other.values.entrySet()).stream()
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Adds something that the program can start with, but that may not be intended. */
  public void warn(String warning) {
    warnings.add(warning);
  }

  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /**
   * To be called when everything was read.
   *
   * @throws ConfigException if anything is wrong, an unknown setting included; it has all problems
   */
  public void requireValid() throws ConfigException {
    sections.forEach(Section::requireKnownNames);
    if (!problems.isEmpty()) {
      throw new ConfigException(
          problems.stream()
              .map(Problem::message)
              .collect(Collectors.joining(System.lineSeparator())));
    }
  }

  /** The value of an environment variable that overrides a setting; empty if unset or wrong. */
  public <T> Optional<T> override(String variable, Function<String, T> parser) {
    String value = environment.getOrDefault(variable, "").strip();
    // Kubernetes sets NAME_PORT like this for a service that is called NAME.
    if (value.isEmpty() || value.startsWith("tcp://")) {
      return Optional.empty();
    }
    try {
      return Optional.of(parser.apply(value));
    } catch (IllegalArgumentException e) {
      problems.add(new Problem(0, "%s is '%s': %s".formatted(variable, value, e.getMessage())));
      return Optional.empty();
    }
  }

  /** Why a file can't be read. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "can't be read: there is no such file";
    }
    return e instanceof AccessDeniedException
        ? "can't be read: permission denied"
        : "can't be read: " + e.getClass().getSimpleName();
  }

  /**
   * Parses a node; empty if it is wrong. The message quotes the file, which has a variable's name
   * and not its value.
   */
  <T> Optional<T> parse(String name, Node node, Function<String, T> parser) {
    if (!(node instanceof ScalarNode scalar)) {
      addProblem(line(node), name + " must be a single value");
      return Optional.empty();
    }
    values.put(name, scalar.getValue());
    try {
      String text =
          VARIABLE
              .matcher(scalar.getValue())
              .replaceAll(match -> Matcher.quoteReplacement(variable(match)))
              .strip();
      if (text.isEmpty()) {
        throw new IllegalArgumentException("must not be empty");
      }
      return Optional.of(parser.apply(text));
    } catch (IllegalArgumentException e) {
      String shown = CREDENTIALS.matcher(scalar.getValue()).replaceAll("//...@");
      addProblem(line(node), "%s is '%s': %s".formatted(name, shown, e.getMessage()));
      return Optional.empty();
    }
  }

  void add(Section section) {
    sections.add(section);
  }

  /** Adds a problem at a line, which counts from 1. */
  void addProblem(int line, String problem) {
    problems.add(new Problem(line, "%s:%d: %s".formatted(path, line, problem)));
  }

  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  private @Nullable Node compose() throws ConfigException {
    try {
      return new Compose(LoadSettings.builder().build())
          .composeString(Files.readString(path))
          .orElse(null);
    } catch (CharacterCodingException e) {
      throw new ConfigException(path + ": is not text in UTF-8");
    } catch (IOException e) {
      throw new ConfigException(path + ": " + reason(e));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      throw new ConfigException("%s:%d: is not YAML: %s".formatted(path, line, e.getProblem()));
    } catch (YamlEngineException e) {
      throw new ConfigException(path + ": is not YAML");
    }
  }

  private String variable(MatchResult match) {
    String value = environment.getOrDefault(match.group(1), "");
    @Nullable String defaultValue = match.group(2);
    if (value.isEmpty() && defaultValue == null) {
      throw new IllegalArgumentException(
          "the variable is not set; set it, or write ${%s:-default}".formatted(match.group(1)));
    }
    return value.isEmpty() ? defaultValue : value;
  }

  private static String hash(Path file) {
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    } catch (IOException e) {
      return UNREADABLE;
    }
  }

  private record Problem(int line, String message) {}
}
