package io.github.externalstorage.cli.codecserver;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Node;

/** The configuration: YAML 1.2 whose values may name variables of the environment. */
record ConfigurationFile(Path path, Variables variables) {

  /**
   * Reads the file.
   *
   * @param problems takes what is wrong later on
   * @throws ConfigurationException if the file can't be read, or is not YAML
   */
  Section read(Problems problems) throws ConfigurationException {
    Node root = compose(problems);
    problems.throwIfAny();
    return new Section("", root, null, new YamlNodes(variables, problems));
  }

  /** Files that are named in the file stand beside it, unless their paths are absolute. */
  Path resolve(String file) {
    return path.toAbsolutePath().resolveSibling(file);
  }

  private @Nullable Node compose(Problems problems) {
    try {
      return new Compose(LoadSettings.builder().setLabel(path.toString()).build())
          .composeString(Files.readString(path))
          .orElse(null);
    } catch (CharacterCodingException e) {
      problems.add("is not text in UTF-8");
    } catch (IOException e) {
      problems.add(Unreadable.because(e));
    } catch (MarkedYamlEngineException e) {
      int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
      problems.add(line, "is not YAML: " + e.getProblem());
    } catch (YamlEngineException e) {
      problems.add("is not YAML");
    }
    return null;
  }
}
