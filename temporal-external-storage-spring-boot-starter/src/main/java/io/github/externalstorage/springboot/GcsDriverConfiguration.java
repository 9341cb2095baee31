package io.github.externalstorage.springboot;

import static java.util.Objects.requireNonNull;

import com.google.auth.Credentials;
import io.github.externalstorage.gcs.GcsStorageDriver;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The driver for Google Cloud Storage, where a bucket is configured. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(GcsStorageDriver.class)
@ConditionalOnProperty(prefix = "temporal.external-storage.gcs", name = "bucket")
class GcsDriverConfiguration {

  /** Closed by the storage. */
  @Bean(destroyMethod = "")
  @ConditionalOnMissingBean
  GcsStorageDriver gcsStorageDriver(
      ExternalStorageProperties properties, ObjectProvider<Credentials> credentials) {
    GcsStorageDriver.Builder builder =
        GcsStorageDriver.newBuilder().setBucket(requireNonNull(properties.gcs().bucket()));
    credentials.ifAvailable(builder::setCredentials);
    if (properties.gcs().endpoint() != null) {
      builder.setEndpoint(properties.gcs().endpoint());
    }
    return builder.build();
  }
}
