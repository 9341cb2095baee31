package io.github.externalstorage.springboot;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether the application has not disabled the health indicator. Spring Boot has such a condition
 * too, but its class has another name in each generation, and must exist wherever it is named.
 */
final class HealthIndicatorEnabled implements Condition {

  private static final String PREFIX = "management.health.";

  @Override
  public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
    Environment environment = context.getEnvironment();
    return environment.getProperty(
        PREFIX + "external-storage.enabled",
        Boolean.class,
        environment.getProperty(PREFIX + "defaults.enabled", Boolean.class, true));
  }
}
