package io.github.externalstorage.cli.codecserver;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A section of the configuration file. It knows where it stands, for messages, and what was asked
 * for, so that a misspelt name is not passed over. What is wrong becomes a problem and counts as
 * missing, so that reading goes on.
 */
final class Section {

  private final String path;
  private final boolean present;
  private final int line;
  private final Map<String, NodeTuple> entries;
  private final @Nullable Section defaults;
  private final YamlNodes yaml;
  private final TreeSet<String> known = new TreeSet<>();
  private final List<Section> sections = new ArrayList<>();

  Section(String path, @Nullable Node node, @Nullable Section defaults, YamlNodes yaml) {
    this.path = path;
    this.present = node != null;
    this.line = node == null ? 1 : YamlNodes.line(node);
    this.entries = yaml.mapping(path, node);
    this.defaults = defaults;
    this.yaml = yaml;
  }

  /** Whether it was written, even if nothing is in it. */
  boolean isPresent() {
    return present;
  }

  <T> Optional<T> get(String name, Parser<T> parser) {
    return find(name).flatMap(found -> yaml.scalar(found, parser));
  }

  boolean isSet(String name) {
    return get(name, Values::flag).orElse(false);
  }

  /** A value that has to be there; empty if it is not, or is wrong, which then is a problem. */
  <T> Optional<T> require(String name, String remedy, Parser<T> parser) {
    if (find(name).isEmpty()) {
      problem(name, "is missing: " + remedy);
    }
    return get(name, parser);
  }

  /** The values of a list; a single value is a list of one. */
  <T> List<T> list(String name, Parser<T> parser) {
    return find(name).stream()
        .flatMap(found -> elements(found).stream())
        .flatMap(element -> yaml.scalar(element, parser).stream())
        .toList();
  }

  /** A section in this one, empty if it is not there. */
  Section section(String name) {
    known.add(name);
    return add(new Section(at(name), node(name), null, yaml));
  }

  /** The sections of a section whose names are the user's own. */
  Map<String, Section> sections(String name, @Nullable Section theirDefaults) {
    Section parent = section(name);
    Map<String, Section> children = new LinkedHashMap<>();
    parent
        .entries
        .keySet()
        .forEach(
            key -> {
              parent.known.add(key);
              children.put(
                  key,
                  parent.add(new Section(parent.at(key), parent.node(key), theirDefaults, yaml)));
            });
    return children;
  }

  /** The lists of a section whose names are the user's own. */
  <T> Map<String, List<T>> lists(String name, Parser<T> parser) {
    Section parent = section(name);
    Map<String, List<T>> lists = new LinkedHashMap<>();
    parent.entries.keySet().forEach(key -> lists.put(key, parent.list(key, parser)));
    return lists;
  }

  void problem(String name, String problem) {
    NodeTuple entry = entries.get(name);
    yaml.problems()
        .add(entry == null ? line : YamlNodes.line(entry.getKeyNode()), at(name) + " " + problem);
  }

  /** What is there and is no setting becomes a problem. To be called when all was read. */
  void requireKnownNames() {
    entries.keySet().stream()
        .filter(name -> !known.contains(name))
        .forEach(name -> problem(name, "is not a setting; " + suggestion(name)));
    sections.forEach(Section::requireKnownNames);
  }

  /** Takes every name for a setting, where it could not be told which ones are. */
  void acceptAllNames() {
    known.addAll(entries.keySet());
  }

  private String suggestion(String name) {
    return NearestName.of(name, known)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() -> "there are " + String.join(", ", known));
  }

  private Optional<FoundNode> find(String name) {
    known.add(name);
    Optional<FoundNode> inherited = defaults == null ? Optional.empty() : defaults.find(name);
    Node node = node(name);
    return node == null || YamlNodes.isNothing(node)
        ? inherited
        : Optional.of(new FoundNode(at(name), node));
  }

  private @Nullable Node node(String name) {
    NodeTuple entry = entries.get(name);
    return entry == null ? null : entry.getValueNode();
  }

  private static List<FoundNode> elements(FoundNode found) {
    if (!(found.node() instanceof SequenceNode sequence)) {
      return List.of(found);
    }
    List<FoundNode> elements = new ArrayList<>();
    for (Node element : sequence.getValue()) {
      elements.add(new FoundNode(found.path() + "[" + elements.size() + "]", element));
    }
    return elements;
  }

  private Section add(Section section) {
    sections.add(section);
    return section;
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** What stands in the file, by path, for comparison. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    entries.forEach((name, entry) -> collect(at(name), entry.getValueNode(), texts));
    return texts;
  }

  private static void collect(String path, Node node, Map<String, String> texts) {
    if (node instanceof MappingNode mapping && !mapping.isRecursive()) {
      mapping
          .getValue()
          .forEach(
              tuple ->
                  collect(
                      path + "." + YamlNodes.text(tuple.getKeyNode()),
                      tuple.getValueNode(),
                      texts));
    } else if (node instanceof SequenceNode sequence) {
      texts.put(path, sequence.getValue().stream().map(YamlNodes::text).toList().toString());
    } else {
      texts.put(path, YamlNodes.text(node));
    }
  }
}
