package io.github.externalstorage.cli.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A section of the configuration file. What is wrong becomes a problem of the file and counts as
 * missing, so that one run reports all problems. Names that nothing asked for are problems as well.
 * Texts are taken as they are written, so that YAML changes neither a version nor a number.
 */
public final class Section {

  private final ConfigFile file;
  private final String path;
  private final @Nullable Node node;
  private final @Nullable Section defaults;
  private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
  private final Set<String> known = new TreeSet<>();
  private final Map<String, Section> sections = new LinkedHashMap<>();

  Section(ConfigFile file, String path, @Nullable Node node, @Nullable Section defaults) {
    this.file = file;
    this.path = path;
    this.node = node;
    this.defaults = defaults;
    if (node instanceof MappingNode mapping) {
      mapping.getValue().forEach(this::addEntry);
    } else if (node != null && !isNull(node)) {
      file.addProblem(line(), describe() + " must be a section: names, each with its value");
    }
  }

  /** Whether it is in the file, even if it is empty. */
  public boolean isPresent() {
    return node != null;
  }

  /** The names that it has in the file. */
  public Set<String> names() {
    return entries.keySet();
  }

  /** A section in this one, empty if it is not in the file. */
  public Section section(String name) {
    return section(name, null);
  }

  /** A section that has the settings of another one unless it has its own. */
  public Section section(String name, @Nullable Section defaultSettings) {
    known.add(name);
    return sections.computeIfAbsent(
        name, absent -> new Section(file, at(name), value(name), defaultSettings));
  }

  /**
   * A setting; empty if it is missing or wrong.
   *
   * @param parser throws an IllegalArgumentException that says what the text must be. Its message
   *     doesn't quote the text, which may come from a variable that is secret.
   */
  public <T> Optional<T> get(String name, Function<String, T> parser) {
    Section holder = find(name);
    return holder == null
        ? Optional.empty()
        : file.parse(holder.at(name), holder.requireValue(name), parser);
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
    if (find(name) == null) {
      addProblem(name, "is missing: " + remedy);
    }
    return get(name, parser);
  }

  /** The values of a list; a single value is a list of one. */
  public <T> List<T> list(String name, Function<String, T> parser) {
    Section holder = find(name);
    if (holder == null) {
      return List.of();
    }
    Node value = holder.requireValue(name);
    if (!(value instanceof SequenceNode sequence)) {
      return file.parse(holder.at(name), value, parser).stream().toList();
    }
    List<T> values = new ArrayList<>();
    int index = 0;
    for (Node element : sequence.getValue()) {
      String at = holder.at(name) + "[" + index++ + "]";
      file.parse(at, element, parser).ifPresent(values::add);
    }
    return values;
  }

  /** Adds a problem with a setting, at its line if it is in the file. */
  public void addProblem(String name, String problem) {
    NodeTuple entry = entries.get(name);
    file.addProblem(
        entry == null ? line() : ConfigFile.line(entry.getKeyNode()), at(name) + " " + problem);
  }

  /** Accepts every name, where the settings were not read. */
  public void acceptAllNames() {
    known.addAll(entries.keySet());
  }

  void requireKnownNames() {
    for (String name : entries.keySet()) {
      if (!known.contains(name)) {
        String suggestion =
            NearestName.of(name, known)
                .map(near -> "did you mean '" + near + "'?")
                .orElseGet(() -> "there are " + String.join(", ", known));
        addProblem(name, "is not a setting; " + suggestion);
      }
    }
    sections.values().forEach(Section::requireKnownNames);
  }

  private void addEntry(NodeTuple entry) {
    Node key = entry.getKeyNode();
    String name = key instanceof ScalarNode text ? text.getValue() : key.getNodeType().toString();
    if (entries.putIfAbsent(name, entry) != null) {
      file.addProblem(ConfigFile.line(key), describe() + " has '" + name + "' twice");
    }
  }

  /** The section that has a value for a name: this one or its defaults. */
  private @Nullable Section find(String name) {
    known.add(name);
    Section inherited = defaults == null ? null : defaults.find(name);
    Node value = value(name);
    return value == null || isNull(value) ? inherited : this;
  }

  private @Nullable Node value(String name) {
    NodeTuple entry = entries.get(name);
    return entry == null ? null : entry.getValueNode();
  }

  private Node requireValue(String name) {
    Node value = value(name);
    if (value == null) {
      throw new IllegalStateException(at(name) + " was found and is gone");
    }
    return value;
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private String describe() {
    return path.isEmpty() ? "the file" : path;
  }

  private int line() {
    return node == null ? 1 : ConfigFile.line(node);
  }

  private static boolean isNull(Node node) {
    return node.getTag().equals(Tag.NULL);
  }
}
