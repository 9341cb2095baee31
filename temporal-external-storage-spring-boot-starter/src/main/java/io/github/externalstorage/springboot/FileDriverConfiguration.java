package io.github.externalstorage.springboot;

import static java.util.Objects.requireNonNull;

import io.github.externalstorage.driver.FileStorageDriver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The driver for files, where a directory is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(prefix = "temporal.external-storage.file", name = "directory")
class FileDriverConfiguration {

  @Bean
  @ConditionalOnMissingBean
  FileStorageDriver fileStorageDriver(ExternalStorageProperties properties) {
    return FileStorageDriver.newBuilder()
        .setDirectory(requireNonNull(properties.file().directory()))
        .build();
  }
}
