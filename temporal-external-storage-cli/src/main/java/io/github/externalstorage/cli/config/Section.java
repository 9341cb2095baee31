package io.github.externalstorage.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A section of the configuration file. What is wrong becomes a problem of the file and counts as
 * missing, so that one run reports all problems. Unknown names are problems as well. Texts are read
 * as they are written, so that YAML changes neither a version nor a number.
 */
public final class Section {

  private final ConfigFile file;
  private final String path;
  private final int line;
  private final boolean present;
  private final Map<String, Setting> settings = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();
  private @Nullable Section defaults;

  /**
   * Reads a section.
   *
   * @param line where the section would be if it is missing
   * @param node null if it is missing
   */
  Section(ConfigFile file, String path, int line, @Nullable Node node) {
    this.file = file;
    this.path = path;
    this.line = node == null ? line : ConfigFile.line(node);
    present = node != null;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::add);
    } else if (node != null && !isNull(node)) {
      file.addProblem(line, describe() + " must be a section: names, each with its value");
    }
    file.add(this);
  }

  /** The file that it is in. */
  public ConfigFile file() {
    return file;
  }

  /** Whether it is in the file, even if it is empty. */
  public boolean isPresent() {
    return present;
  }

  /** The names that it has in the file, without inherited ones. */
  public Set<String> names() {
    return settings.entrySet().stream()
        .filter(setting -> isOwn(setting.getKey(), setting.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A section in this one, empty if it is not in the file. To be called once for each name. */
  public Section section(String name) {
    known.add(name);
    Setting setting = settings.get(name);
    return new Section(file, at(name), line, setting == null ? null : setting.value());
  }

  /** A section in this one, whose settings this one may also have directly. */
  public Section section(String name, Set<String> shortcuts) {
    known.add(name);
    known.addAll(shortcuts);
    Section section = names().contains(name) ? section(name) : new Section(file, path, line, null);
    for (String shortcut : shortcuts) {
      Setting setting = settings.get(shortcut);
      if (setting != null && section.settings.putIfAbsent(shortcut, setting) != null) {
        addProblem(shortcut, "is in '%s' as well; remove one of the two".formatted(name));
      }
    }
    return section;
  }

  /** Adds the settings of another section that this one does not have. */
  public Section inherit(Section other) {
    defaults = other;
    other.settings.forEach(
        (name, inherited) ->
            settings.merge(name, inherited, (own, same) -> isNull(own.value()) ? same : own));
    return this;
  }

  /**
   * A setting; empty if it is missing or wrong.
   *
   * @param parser throws an IllegalArgumentException that says what the text must be. Its message
   *     doesn't quote the text, which may come from a variable that is secret.
   */
  public <T> Optional<T> get(String name, Function<String, T> parser) {
    return find(name).flatMap(setting -> file.parse(setting.path(), setting.value(), parser));
  }

  public Optional<String> text(String name) {
    return get(name, text -> text);
  }

  /** Whether a setting that is false by default is true. */
  public boolean isSet(String name) {
    return get(name, Values::flag).orElse(false);
  }

  /** A setting that is a problem if it is missing. */
  public <T> Optional<T> require(String name, String remedy, Function<String, T> parser) {
    if (find(name).isEmpty()) {
      addProblem(name, "is missing: " + remedy);
    }
    return get(name, parser);
  }

  /** The values of a list; a single value is a list of one. */
  public <T> List<T> list(String name, Function<String, T> parser) {
    Optional<Setting> setting = find(name);
    if (setting.isEmpty() || !(setting.get().value() instanceof SequenceNode sequence)) {
      return get(name, parser).stream().toList();
    }
    List<T> values = new ArrayList<>();
    for (int i = 0; i < sequence.getValue().size(); i++) {
      file.parse(setting.get().path() + "[" + i + "]", sequence.getValue().get(i), parser)
          .ifPresent(values::add);
    }
    return values;
  }

  /** Adds a problem with a setting, at its line if it is in the file. */
  public void addProblem(String name, String problem) {
    Setting setting = settings.get(name);
    file.addProblem(setting == null ? line : setting.line(), at(name) + " " + problem);
  }

  /** If no setting was read, the section only has defaults for others, and there are none. */
  void requireKnownNames() {
    for (String name : names()) {
      if (!known.isEmpty() && !known.contains(name)) {
        String suggestion =
            NearestName.of(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> "there are " + String.join(", ", known));
        addProblem(name, "is not a setting; " + suggestion);
      }
    }
  }

  private void add(NodeTuple entry) {
    Node key = entry.getKeyNode();
    String name = key instanceof ScalarNode text ? text.getValue() : key.getNodeType().toString();
    Setting setting = new Setting(at(name), ConfigFile.line(key), entry.getValueNode());
    if (settings.putIfAbsent(name, setting) != null) {
      file.addProblem(setting.line(), describe() + " has '" + name + "' twice");
    }
  }

  private Optional<Setting> find(String name) {
    known.add(name);
    if (defaults != null) {
      defaults.known.add(name);
    }
    return Optional.ofNullable(settings.get(name)).filter(setting -> !isNull(setting.value()));
  }

  private boolean isOwn(String name, Setting setting) {
    return setting.path().equals(at(name));
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private String describe() {
    return path.isEmpty() ? "the file" : path;
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private record Setting(String path, int line, Node value) {}
}
