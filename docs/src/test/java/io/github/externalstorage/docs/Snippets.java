package io.github.externalstorage.docs;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The code that pages may show, since the build compiles it: what is between the lines {@code //
 * Begin} and {@code // End} of a test's source, and whole sources, with and without their imports.
 */
final class Snippets {

  private static final Pattern REGION =
      Pattern.compile("^ *// Begin\n(.*?)^ *// End\n", Pattern.DOTALL | Pattern.MULTILINE);
  private static final List<String> FOLDERS =
      List.of(
          "docs/src/test/java",
          "examples/src/test/java",
          "temporal-external-storage-testkit/src/test/java/example");

  private Snippets() {}

  static Set<String> all() {
    Set<String> snippets = new HashSet<>();
    for (String folder : FOLDERS) {
      for (Path file : Repository.find(Repository.ROOT.resolve(folder), ".java")) {
        String source = Repository.read(file);
        Matcher region = REGION.matcher(source);
        while (region.find()) {
          snippets.add(region.group(1).stripTrailing().stripIndent());
        }
        snippets.add(withoutImports(source));
        snippets.add(withImports(source));
      }
    }
    return snippets;
  }

  /** From the first import on. */
  private static String withImports(String source) {
    return source.substring(source.indexOf("\nimport ") + 1).strip();
  }

  private static String withoutImports(String source) {
    int lastImport = source.lastIndexOf("\nimport ");
    int end = lastImport < 0 ? -1 : source.indexOf("\n\n", lastImport);
    return end < 0 ? source.strip() : source.substring(end).strip();
  }
}
