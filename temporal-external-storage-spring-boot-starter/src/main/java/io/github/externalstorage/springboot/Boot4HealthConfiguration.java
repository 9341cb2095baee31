package io.github.externalstorage.springboot;

import io.github.externalstorage.ExternalStorage;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;

/** The health indicator, where the application has the classes for it from Spring Boot 4. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(HealthIndicator.class)
@Conditional(HealthIndicatorEnabled.class)
class Boot4HealthConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "externalStorageHealthIndicator")
  HealthIndicator externalStorageHealthIndicator(ExternalStorage storage) {
    StorageHealthCheck check = new StorageHealthCheck(storage);
    return () -> {
      StorageHealthCheck.Result result = check.run();
      if (result.problem() != null) {
        return Health.down().withDetail("error", result.problem()).build();
      }
      Health.Builder health = Health.up();
      return result.doubts().isEmpty()
          ? health.build()
          : health.withDetail("undetermined", result.doubts()).build();
    };
  }
}
