package io.github.externalstorage.cli.codecserver;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Takes texts and mappings out of YAML. Texts are taken as they are written, so that neither a
 * version nor a number in an account's name is changed on the way; variables are resolved.
 */
record YamlNodes(Variables variables, Problems problems) {

  /** The entries by name; none if there is nothing. */
  Map<String, NodeTuple> mapping(String path, @Nullable Node node) {
    if (node == null || isNothing(node)) {
      return Map.of();
    }
    if (!(node instanceof MappingNode mapping)) {
      problems.add(line(node), named(path) + " must be a section: names, each with its value");
      return Map.of();
    }
    Map<String, NodeTuple> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(tuple.getKeyNode());
      if (entries.containsKey(name)) {
        problems.add(line(tuple.getKeyNode()), named(path) + " has '" + name + "' twice");
      } else {
        entries.put(name, tuple);
      }
    }
    return entries;
  }

  /**
   * The value of a node; empty if it is wrong. A message quotes what stands in the file, where a
   * variable has its name and not its value.
   */
  <T> Optional<T> scalar(FoundNode found, Parser<T> parser) {
    if (!(found.node() instanceof ScalarNode scalar)) {
      problems.add(line(found.node()), found.path() + " must be a single value");
      return Optional.empty();
    }
    try {
      String text = variables.resolve(scalar.getValue()).strip();
      if (text.isEmpty()) {
        throw new IllegalArgumentException("must not be empty");
      }
      return Optional.of(parser.parse(text));
    } catch (IllegalArgumentException e) {
      problems.add(
          line(scalar),
          "%s is '%s': %s".formatted(found.path(), scalar.getValue(), e.getMessage()));
      return Optional.empty();
    }
  }

  static String text(Node node) {
    return node instanceof ScalarNode scalar ? scalar.getValue() : node.getNodeType().toString();
  }

  static int line(Node node) {
    return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
  }

  static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private static String named(String path) {
    return path.isEmpty() ? "the file" : path;
  }
}
