package io.github.externalstorage.springboot;

import com.google.common.primitives.Ints;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverSelector;
import io.github.externalstorage.options.StorageListener;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.beans.factory.support.MergedBeanDefinitionPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.util.unit.DataSize;

/**
 * Builds an {@link ExternalStorage} from {@link ExternalStorageProperties} and sets it up as a
 * plugin, which Temporal's starter passes to the clients and workers of all namespaces. A bean of
 * the application replaces the bean of its type that is defined here.
 */
@AutoConfiguration(
    // Of Spring Cloud AWS, which may already define an S3 client.
    afterName = {
      "io.awspring.cloud.autoconfigure.s3.S3AutoConfiguration",
      "io.awspring.cloud.autoconfigure.s3.S3CrtAsyncClientAutoConfiguration"
    })
@ConditionalOnProperty(
    prefix = "temporal.external-storage",
    name = "enabled",
    matchIfMissing = true)
@EnableConfigurationProperties(ExternalStorageProperties.class)
@Import({
  S3DriverConfiguration.class,
  GcsDriverConfiguration.class,
  FileDriverConfiguration.class,
  Boot3HealthConfiguration.class,
  Boot4HealthConfiguration.class
})
public final class ExternalStorageAutoConfiguration {

  /**
   * Lets the context close no driver that {@link #externalStorage} uses, since the storage closes
   * it. Comes first, so that only a storage of the application's own can be present.
   */
  @Bean
  @ConditionalOnMissingBean(ExternalStorage.class)
  static MergedBeanDefinitionPostProcessor externalStorageDriversCloseOnce() {
    return (definition, type, name) -> {
      String destroyMethod = definition.getDestroyMethodName();
      boolean inferred =
          destroyMethod == null || destroyMethod.equals(AbstractBeanDefinition.INFER_METHOD);
      if (StorageDriver.class.isAssignableFrom(type)
          && definition.isAutowireCandidate()
          && inferred) {
        definition.setDestroyMethodName("");
      }
    };
  }

  /**
   * @throws IllegalStateException if there is no driver, or there are several and no {@link
   *     StorageDriverSelector}
   */
  @Bean
  @ConditionalOnMissingBean
  ExternalStorage externalStorage(
      ExternalStorageProperties properties,
      ObjectProvider<StorageDriver> drivers,
      ObjectProvider<StorageDriverSelector> selector,
      ObjectProvider<StorageListener> listener,
      ObjectProvider<ExternalStorageBuilderCustomizer> customizers) {
    ExternalStorage.Builder builder =
        ExternalStorage.newBuilder()
            .setDrivers(drivers.orderedStream().toList())
            .setDriverSelector(selector.getIfAvailable())
            .setListener(listener.getIfAvailable())
            .setStoreEnabled(properties.storeEnabled());
    DataSize threshold = properties.threshold();
    if (threshold != null) {
      // No payload is larger than an int of bytes.
      builder.setPayloadSizeThreshold(Ints.saturatedCast(threshold.toBytes()));
    }
    DataSize cacheSize = properties.cacheSize();
    if (cacheSize != null) {
      builder.setCacheMaxBytes(cacheSize.toBytes());
    }
    List<String> namespaces = properties.readableNamespaces();
    // An empty property, as from a variable that is not set, is as good as none.
    if (namespaces != null && !namespaces.isEmpty()) {
      builder.setReadableNamespaces(namespaces);
    }
    customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
    try {
      return builder.build();
    } catch (IllegalStateException e) {
      throw new IllegalStateException(
          e.getMessage()
              + ". Set temporal.external-storage.s3.bucket, gcs.bucket or file.directory; or define a"
              + " StorageDriver bean, and with several a StorageDriverSelector bean; or set"
              + " temporal.external-storage.enabled to false",
          e);
    }
  }

  /** The last of the plugins, since whatever changes the data converter must come before. */
  @Bean
  @ConditionalOnMissingBean
  @Order(Ordered.LOWEST_PRECEDENCE)
  ExternalStoragePlugin externalStoragePlugin(
      ExternalStorage storage, ExternalStorageProperties properties) {
    return ExternalStoragePlugin.newBuilder(storage)
        .setStartupCheck(properties.startupCheck())
        .build();
  }

  /** Also in applications without workers, and before the workers of others start. */
  @Bean
  SmartInitializingSingleton externalStorageStartupCheck(
      ObjectProvider<ExternalStoragePlugin> plugins) {
    return () -> plugins.forEach(ExternalStoragePlugin::runStartupCheck);
  }

  @Bean
  @ConditionalOnMissingBean
  @ConditionalOnProperty(prefix = "temporal.external-storage", name = "gzip")
  DataConverter gzipDataConverter() {
    return new CodecDataConverter(
        DefaultDataConverter.newDefaultInstance(), List.of(new GzipPayloadCodec()));
  }
}
