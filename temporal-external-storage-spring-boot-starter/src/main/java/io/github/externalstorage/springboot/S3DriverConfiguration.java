package io.github.externalstorage.springboot;

import static java.util.Objects.requireNonNull;

import io.github.externalstorage.s3.S3StorageClientBuilder;
import io.github.externalstorage.s3.S3StorageDriver;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The driver for S3, where a bucket is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(S3StorageDriver.class)
@ConditionalOnProperty(prefix = "temporal.external-storage.s3", name = "bucket")
class S3DriverConfiguration {

  @Bean
  @ConditionalOnMissingBean
  S3AsyncClient externalStorageS3Client(ExternalStorageProperties properties) {
    ExternalStorageProperties.S3 s3 = properties.s3();
    S3StorageClientBuilder builder = S3StorageClientBuilder.newBuilder().setEndpoint(s3.endpoint());
    if (s3.region() != null) {
      builder.setRegion(Region.of(s3.region()));
    }
    if (s3.pathStyle() != null) {
      builder.setPathStyle(s3.pathStyle());
    }
    return builder.build();
  }

  /** Closed by the storage. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  S3StorageDriver s3StorageDriver(ExternalStorageProperties properties, S3AsyncClient client) {
    return S3StorageDriver.newBuilder()
        .setClient(client)
        .setBucket(requireNonNull(properties.s3().bucket()))
        .build();
  }
}
