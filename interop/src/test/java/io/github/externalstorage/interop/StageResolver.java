package io.github.externalstorage.interop;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test a {@link Stage} of its own, on servers that all share. */
final class StageResolver implements ParameterResolver {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(StageResolver.class);

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Stage.class;
  }

  @Override
  public Stage resolveParameter(ParameterContext parameter, ExtensionContext context) {
    Servers servers = context.getRoot().getStore(NAMESPACE).computeIfAbsent(Servers.class);
    return context
        .getStore(NAMESPACE)
        .computeIfAbsent(Stage.class, type -> new Stage(servers), Stage.class);
  }
}
