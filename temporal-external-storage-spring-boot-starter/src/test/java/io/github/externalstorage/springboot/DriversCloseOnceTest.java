package io.github.externalstorage.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Bean;

/** The storage closes its drivers, so the application context must not. */
class DriversCloseOnceTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        S3DriverConfiguration.class,
        GcsDriverConfiguration.class,
        FileDriverConfiguration.class
      })
  void theContextClosesNoDriver(Class<?> configuration) {
    List<Bean> drivers =
        Arrays.stream(configuration.getDeclaredMethods())
            .filter(method -> method.getReturnType().getSimpleName().endsWith("StorageDriver"))
            .map(method -> method.getAnnotation(Bean.class))
            .toList();

    assertThat(drivers).singleElement().extracting(Bean::destroyMethod).isEqualTo("");
  }
}
