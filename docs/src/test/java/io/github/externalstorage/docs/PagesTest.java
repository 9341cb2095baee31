package io.github.externalstorage.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.github.externalstorage.docs.Page.Block;
import io.github.externalstorage.fixtures.Compiler;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.xml.sax.InputSource;

/** What all pages have in common: their links lead somewhere, and their code is right. */
final class PagesTest {

  private static final Pattern GENERATED =
      Pattern.compile("/(?:target|node_modules|\\.venv|\\.[a-z-]+)/|/benchmarks/results/");
  private static final Pattern CLASS =
      Pattern.compile(
          "^(?:public )?(?:final )?(?:class|interface|record) (\\w+)", Pattern.MULTILINE);
  private static final Pattern VERSION =
      Pattern.compile(
          "io\\.github\\.externalstorage(?:</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*<version>|:[\\w-]+:)([^<'\"\\s]+)");
  private static final Pattern PROJECT_VERSION =
      Pattern.compile(
          "<artifactId>temporal-external-storage-parent</artifactId>\\s*<version>(.*?)</");

  static List<Page> pages() {
    return Repository.find(Repository.ROOT, ".md").stream()
        .filter(file -> !GENERATED.matcher(file.toString()).find())
        .map(Page::read)
        .toList();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadSomewhere(Page page) {
    List<String> broken = new ArrayList<>();
    for (String link : page.links()) {
      if (!link.matches("[a-z]+:.*") && !leadsSomewhere(page, link)) {
        broken.add(link);
      }
    }
    assertThat(broken).isEmpty();
  }

  private static boolean leadsSomewhere(Page page, String link) {
    int hash = link.indexOf('#');
    String path = hash < 0 ? link : link.substring(0, hash);
    Path target = path.isEmpty() ? page.file() : page.file().resolveSibling(path);
    if (!Files.exists(target)) {
      return false;
    }
    return hash < 0 || Page.read(target).anchors().contains(link.substring(hash + 1));
  }

  /** A class with its imports stands for itself; other code is that of a source in the build. */
  @ParameterizedTest
  @MethodSource("pages")
  void javaCompiles(Page page, @TempDir Path folder) throws Exception {
    Set<String> snippets = Snippets.all();
    StringBuilder unknown = new StringBuilder();
    for (Block block : page.blocks()) {
      if (!block.language().equals("java")) {
        continue;
      }
      String code = block.code();
      if (snippets.contains(code.strip())) {
        continue;
      }
      if (code.startsWith("import ")) {
        Matcher name = CLASS.matcher(code);
        assertThat(name.find()).as(code).isTrue();
        Compiler.compile(folder, name.group(1), code);
      } else {
        unknown.append(code).append('\n');
      }
    }
    assertThat(unknown.toString()).as("code that is in no source").isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pages")
  void dataIsWellFormed(Page page) throws Exception {
    for (Block block : page.blocks()) {
      switch (block.language()) {
        case "json" -> JsonParser.parseString(block.code());
        case "yaml" -> new Load(LoadSettings.builder().build()).loadFromString(block.code());
        case "xml" ->
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader("<x>" + block.code() + "</x>")));
        default -> {}
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void namesTheVersionOfThisProject(Page page) {
    Matcher project = PROJECT_VERSION.matcher(Repository.read(Repository.ROOT.resolve("pom.xml")));
    assertThat(project.find()).isTrue();
    Matcher version = VERSION.matcher(page.text());
    while (version.find()) {
      assertThat(version.group(1)).isEqualTo(project.group(1));
    }
  }
}
