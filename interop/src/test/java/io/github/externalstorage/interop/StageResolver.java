package io.github.externalstorage.interop;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test a {@link Stage} of its own, on servers that all share, and the {@link
 * ProcessedBatches} that all share as well.
 */
final class StageResolver implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(StageResolver.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    Class<?> type = parameter.getParameter().getType();
    return type == Stage.class || type == ProcessedBatches.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store shared = context.getRoot().getStore(NAMESPACE);
    Servers servers = shared.computeIfAbsent(Servers.class);
    if (parameter.getParameter().getType() == ProcessedBatches.class) {
      return shared.computeIfAbsent(
          ProcessedBatches.class, type -> new ProcessedBatches(servers), ProcessedBatches.class);
    }
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Stage.class, type -> new Stage(servers), Stage.class);
  }
}
