package io.github.externalstorage.docs;

import com.sun.source.tree.BinaryTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.ParenthesizedTree;
import com.sun.source.util.TreeScanner;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The messages of errors in the sources, with an ellipsis in the place of what varies. */
final class ErrorMessages extends TreeScanner<@Nullable Void, @Nullable Void> {

  private static final String VARIABLE = "…";
  private static final Set<String> EXCEPTIONS =
      Set.of("StorageException", "HttpErrorException", "IllegalStateException");
  private static final Set<String> FACTORIES = Set.of("malformed", "overloaded");

  private final Set<String> messages = new TreeSet<>();

  private ErrorMessages() {}

  static Set<String> in(List<Path> sources) {
    ErrorMessages scanner = new ErrorMessages();
    scanner.scan(ParsedSources.parse(sources).units(), null);
    return scanner.messages;
  }

  @Override
  public @Nullable Void visitNewClass(NewClassTree tree, @Nullable Void unused) {
    String type = tree.getIdentifier().toString();
    // The arguments of an enum's constant, such as S3Fault, are those of a class without a name.
    if (EXCEPTIONS.contains(type) || type.endsWith("Fault")) {
      add(tree.getArguments());
    }
    return super.visitNewClass(tree, null);
  }

  @Override
  public @Nullable Void visitMethodInvocation(MethodInvocationTree tree, @Nullable Void unused) {
    if (tree.getMethodSelect() instanceof MemberSelectTree method
        && FACTORIES.contains(method.getIdentifier().toString())) {
      add(tree.getArguments());
    }
    return super.visitMethodInvocation(tree, null);
  }

  private void add(List<? extends ExpressionTree> arguments) {
    for (ExpressionTree argument : arguments) {
      Optional<String> text = text(argument).filter(it -> !it.equals(VARIABLE));
      if (text.isPresent()) {
        messages.add(text.get());
        return;
      }
    }
  }

  /** A text with its literal parts; empty if the expression is no text. */
  private static Optional<String> text(ExpressionTree expression) {
    if (expression instanceof LiteralTree literal) {
      return literal.getValue() instanceof String text
          ? Optional.of(text.replaceAll("%[,.0-9]*[sd]", VARIABLE))
          : Optional.empty();
    }
    if (expression instanceof ParenthesizedTree parentheses) {
      return text(parentheses.getExpression());
    }
    if (expression instanceof BinaryTree sum) {
      return Optional.of(
          text(sum.getLeftOperand()).orElse(VARIABLE)
              + text(sum.getRightOperand()).orElse(VARIABLE));
    }
    return expression instanceof MethodInvocationTree call
            && call.getMethodSelect() instanceof MemberSelectTree method
            && method.getIdentifier().contentEquals("formatted")
        ? text(method.getExpression())
        : Optional.empty();
  }
}
