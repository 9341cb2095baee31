package io.github.externalstorage.testkit;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Reads a test class's {@link Defect} from the configuration of the test run. */
final class DefectParameter implements ParameterResolver {

  static final String NAME = "defect";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Defect.class;
  }

  @Override
  public Defect resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context.getConfigurationParameter(NAME, Defect::valueOf).orElseThrow();
  }
}
