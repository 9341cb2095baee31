package io.github.externalstorage.interop.springboot;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.s3.S3AsyncClient;

@Configuration
class StorageConfiguration {

  @Bean
  S3AsyncClient s3() {
    return S3StorageClientBuilder.newBuilder().build();
  }

  @Bean
  ExternalStorage externalStorage(S3AsyncClient s3) {
    return ExternalStorage.newBuilder()
        .setDriver(
            S3StorageDriver.newBuilder().setClient(s3).setBucket("temporal-payloads").build())
        .build();
  }

  @Bean
  ExternalStoragePlugin externalStoragePlugin(ExternalStorage storage) {
    return new ExternalStoragePlugin(storage);
  }
}
