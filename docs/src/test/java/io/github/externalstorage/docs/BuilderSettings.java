package io.github.externalstorage.docs;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** The setters of all public builders, with their Javadoc. */
final class BuilderSettings {

  private static final List<String> MODULES =
      List.of("core", "s3", "gcs", "codec-http", "lifecycle");

  private BuilderSettings() {}

  /** A section for each builder. */
  static String toMarkdown() {
    StringBuilder page = new StringBuilder();
    for (String module : MODULES) {
      String folder = "temporal-external-storage-" + module;
      ParsedSources sources = ParsedSources.parse(Repository.sources(folder));
      for (CompilationUnitTree unit : sources.units()) {
        if (!String.valueOf(unit.getPackageName()).contains(".internal")) {
          new Builders(sources, folder, page).scan(unit, null);
        }
      }
    }
    return page.toString();
  }

  private static final class Builders extends TreePathScanner<@Nullable Void, @Nullable Void> {

    private final ParsedSources sources;
    private final String module;
    private final StringBuilder page;

    Builders(ParsedSources sources, String module, StringBuilder page) {
      this.sources = sources;
      this.module = module;
      this.page = page;
    }

    @Override
    public @Nullable Void visitClass(ClassTree tree, @Nullable Void unused) {
      if (tree.getModifiers().getFlags().contains(Modifier.PUBLIC)) {
        List<String> rows = rows(tree);
        if (!rows.isEmpty()) {
          String source =
              getCurrentPath().getCompilationUnit().getSourceFile().getName().replace('\\', '/');
          page.append("\n### [").append(name()).append("](").append(source).append(")\n\n");
          page.append("| Setter | Default | What it does |\n| --- | --- | --- |\n");
          rows.forEach(page::append);
        }
      }
      return super.visitClass(tree, null);
    }

    private List<String> rows(ClassTree type) {
      List<String> rows = new ArrayList<>();
      for (var member : type.getMembers()) {
        if (member instanceof MethodTree method
            && method.getName().toString().startsWith("set")
            && method.getModifiers().getFlags().contains(Modifier.PUBLIC)
            && type.getSimpleName().contentEquals(String.valueOf(method.getReturnType()))) {
          rows.add(row(method));
        }
      }
      return rows;
    }

    private String row(MethodTree method) {
      DocCommentTree doc =
          Objects.requireNonNull(
              sources.docs().getDocCommentTree(new TreePath(getCurrentPath(), method)),
              () -> name() + "." + method.getName() + " has no Javadoc");
      Setting setting =
          Setting.parse(new JavadocText(this::constant).toMarkdown(doc.getFullBody()));
      String parameters =
          method.getParameters().stream()
              .map(VariableTree::getType)
              .map(type -> type.toString().replaceAll("@Nullable\\(?\\)? ?", ""))
              .collect(Collectors.joining(", "));
      return "| `%s(%s)` | %s | %s |\n"
          .formatted(method.getName(), parameters, setting.defaultValue(), setting.meaning());
    }

    /** The builder's name, such as {@code S3StorageDriver.Builder}. */
    private String name() {
      List<String> names = new ArrayList<>();
      for (TreePath path = getCurrentPath(); path != null; path = path.getParentPath()) {
        if (path.getLeaf() instanceof ClassTree type) {
          names.add(0, type.getSimpleName().toString());
        }
      }
      return String.join(".", names);
    }

    private String constant(String reference) {
      String owner =
          getCurrentPath().getCompilationUnit().getPackageName()
              + "."
              + name().replaceFirst("\\..*", "");
      String field = reference.substring(reference.indexOf('#') + 1);
      try {
        var constant = Class.forName(owner).getDeclaredField(field);
        constant.setAccessible(true);
        Object value = Objects.requireNonNull(constant.get(null));
        return value instanceof Number number
            ? "%,d".formatted(number.longValue())
            : value.toString();
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(module + ": " + reference, e);
      }
    }
  }
}
