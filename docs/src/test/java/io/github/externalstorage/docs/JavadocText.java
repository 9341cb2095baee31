package io.github.externalstorage.docs;

import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.doctree.ValueTree;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Javadoc as Markdown, in one line. */
final class JavadocText {

  private final UnaryOperator<String> constants;

  /**
   * @param constants returns the value of a constant, such as {@code #DEFAULT_LEVEL}
   */
  JavadocText(UnaryOperator<String> constants) {
    this.constants = constants;
  }

  String toMarkdown(List<? extends DocTree> trees) {
    return trees.stream()
        .map(this::toMarkdown)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }

  private String toMarkdown(DocTree tree) {
    if (tree instanceof TextTree text) {
      return text.getBody();
    }
    if (tree instanceof LiteralTree literal) {
      return code(literal.getBody().getBody());
    }
    if (tree instanceof LinkTree link) {
      return link.getLabel().isEmpty()
          ? code(name(link.getReference().getSignature()))
          : toMarkdown(link.getLabel());
    }
    if (tree instanceof ValueTree value) {
      return constants.apply(value.getReference().getSignature());
    }
    if (tree instanceof EntityTree entity) {
      return "&" + entity.getName() + ";";
    }
    if (tree instanceof StartElementTree element) {
      return element.getName().contentEquals("p") ? "<br>" : " ";
    }
    return " ";
  }

  /** As one writes it in code: without package, and with a dot before the member. */
  private static String name(String signature) {
    String member = signature.replaceFirst("\\(.*", "");
    return member
        .replaceFirst("^[a-z0-9.]+\\.(?=[A-Z])", "")
        .replaceFirst("^#", "")
        .replace('#', '.');
  }

  private static String code(String text) {
    return "`" + text.strip().replace("|", "\\|") + "`";
  }
}
