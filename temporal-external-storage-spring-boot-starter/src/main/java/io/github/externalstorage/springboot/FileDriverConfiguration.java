package io.github.externalstorage.springboot;

import io.github.externalstorage.driver.FileStorageDriver;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The driver for files, where a directory is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(prefix = "temporal.external-storage.file", name = "directory")
class FileDriverConfiguration {

  /** Closed by the storage. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  FileStorageDriver fileStorageDriver(ExternalStorageProperties properties) {
    Path directory = properties.file().directory();
    if (directory == null) {
      throw new IllegalStateException(
          "temporal.external-storage.file.directory is empty; set it to a directory, or remove it");
    }
    return FileStorageDriver.newBuilder().setDirectory(directory).build();
  }
}
