package io.github.externalstorage.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A page in Markdown. */
record Page(Path file, String text) {

  private static final Pattern BLOCK =
      Pattern.compile("^( *)```([a-z]*)\n(.*?)^\\1```", Pattern.DOTALL | Pattern.MULTILINE);
  private static final Pattern LINK =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|^\\[[^\\]]+]: (\\S+)", Pattern.MULTILINE);
  private static final Pattern HEADING = Pattern.compile("^#+ (.*)$", Pattern.MULTILINE);

  /** Code between two lines with three backquotes. */
  record Block(String language, String code) {}

  static Page read(Path file) {
    return new Page(file, Repository.read(file));
  }

  List<Block> blocks() {
    List<Block> blocks = new ArrayList<>();
    Matcher matcher = BLOCK.matcher(text);
    while (matcher.find()) {
      blocks.add(new Block(matcher.group(2), matcher.group(3).stripTrailing().stripIndent()));
    }
    return blocks;
  }

  /** The targets of links, as they are written. */
  List<String> links() {
    List<String> links = new ArrayList<>();
    Matcher matcher = LINK.matcher(BLOCK.matcher(text).replaceAll(""));
    while (matcher.find()) {
      links.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
    }
    return links;
  }

  /** The anchors that GitHub gives to headings. */
  Set<String> anchors() {
    Set<String> anchors = new HashSet<>();
    Map<String, Integer> used = new HashMap<>();
    Matcher matcher = HEADING.matcher(BLOCK.matcher(text).replaceAll(""));
    while (matcher.find()) {
      String anchor =
          matcher
              .group(1)
              .replaceAll("\\[([^\\]]*)]\\([^)]*\\)", "$1")
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      int before = used.merge(anchor, 1, Integer::sum) - 1;
      anchors.add(before == 0 ? anchor : anchor + "-" + before);
    }
    return anchors;
  }

  @Override
  public String toString() {
    return Repository.ROOT.relativize(file).toString();
  }
}
