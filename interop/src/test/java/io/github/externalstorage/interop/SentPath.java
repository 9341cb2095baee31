package io.github.externalstorage.interop;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import java.util.Set;

/**
 * The result of sending a payload along a path.
 *
 * @param stored whether an object holds it
 * @param keys the keys of the objects, with variable parts in braces
 * @param history {@code reference} or {@code inline}, by the place in a history
 */
record SentPath(boolean stored, Set<String> keys, Map<String, String> history) {

  /** All results of a run by path, as {@code every_path.py} finds them on the servers. */
  static Map<String, SentPath> readAll(Stage stage, String run) throws Exception {
    String table = stage.python("every_path.py", "table", "--run=" + run).outcome();
    return new ObjectMapper().readValue(table, new TypeReference<>() {});
  }
}
