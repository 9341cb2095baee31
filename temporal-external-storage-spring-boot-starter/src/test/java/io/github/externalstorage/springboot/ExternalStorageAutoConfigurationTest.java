package io.github.externalstorage.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStoragePlugin;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageDriver;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverRetrieveContext;
import io.github.externalstorage.driver.StorageDriverSelector;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.driver.StorageDriverWorkflowInfo;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.gcs.GcsStorageDriver;
import io.github.externalstorage.options.StorageEvent;
import io.github.externalstorage.options.StorageListener;
import io.github.externalstorage.reference.StorageReference;
import io.github.externalstorage.s3.S3StorageDriver;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3AsyncClient;

final class ExternalStorageAutoConfigurationTest {

  private static final String PREFIX = "temporal.external-storage.";
  private static final String S3_BUCKET = PREFIX + "s3.bucket=temporal-payloads";
  private static final String S3_REGION = PREFIX + "s3.region=eu-central-1";

  private final ApplicationContextRunner application =
      new ApplicationContextRunner()
          // The tests run on Spring Boot 3, and Spring Boot 4's classes can't be used there.
          .withClassLoader(new FilteredClassLoader("org.springframework.boot.health"))
          .withConfiguration(AutoConfigurations.of(ExternalStorageAutoConfiguration.class))
          .withPropertyValues(PREFIX + "startup-check=off");

  private final ApplicationContextRunner withMemory =
      application.withBean("memory", StorageDriver.class, () -> memory("memory"));

  @Test
  void aBucketOfS3IsEnough() {
    application
        .withPropertyValues(S3_BUCKET, S3_REGION)
        .run(
            context -> {
              assertThat(context)
                  .hasSingleBean(ExternalStorage.class)
                  .hasSingleBean(ExternalStoragePlugin.class)
                  .hasSingleBean(S3StorageDriver.class)
                  .doesNotHaveBean(DataConverter.class);
              assertThat(
                      context
                          .getBean(S3AsyncClient.class)
                          .serviceClientConfiguration()
                          .region()
                          .id())
                  .isEqualTo("eu-central-1");
              assertThat(context.getBean(ExternalStorage.class).getPayloadSizeThreshold())
                  .isEqualTo(256 * 1024);
            });
  }

  @Test
  void theClientIsSetUpByProperties() {
    application
        .withPropertyValues(
            S3_BUCKET,
            PREFIX + "s3.endpoint=http://localhost:9000",
            PREFIX + "s3.path-style=false",
            S3_REGION)
        .run(
            context ->
                assertThat(
                        context
                            .getBean(S3AsyncClient.class)
                            .serviceClientConfiguration()
                            .endpointOverride())
                    .hasToString("Optional[http://localhost:9000]"));
  }

  @Test
  void theApplicationsClientIsUsed() {
    try (S3AsyncClient own = S3AsyncClient.builder().region(Region.US_WEST_2).build()) {
      application
          .withPropertyValues(S3_BUCKET, S3_REGION)
          .withBean("own", S3AsyncClient.class, () -> own)
          .run(context -> assertThat(context.getBean(S3AsyncClient.class)).isSameAs(own));
    }
  }

  @Test
  void aBucketOfGoogleCloudStorageIsEnoughForAnEmulator() {
    application
        .withPropertyValues(
            PREFIX + "gcs.bucket=temporal-payloads", PREFIX + "gcs.endpoint=http://localhost:4443")
        .run(
            context ->
                assertThat(context)
                    .hasSingleBean(GcsStorageDriver.class)
                    .hasSingleBean(ExternalStoragePlugin.class));
  }

  @Test
  void googleCloudStorageNeedsCredentials() {
    application
        .withPropertyValues(PREFIX + "gcs.bucket=temporal-payloads")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageContaining("needs credentials"));
  }

  @Test
  void anEmptyDirectoryIsReported() {
    application
        .withPropertyValues(PREFIX + "file.directory=")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .rootCause()
                    .hasMessageStartingWith("temporal.external-storage.file.directory is empty"));
  }

  @Test
  void aThresholdMayExceedTheSizeOfAnyPayload() {
    withMemory
        .withPropertyValues(PREFIX + "threshold=3GB")
        .run(
            context ->
                assertThat(context.getBean(ExternalStorage.class).getPayloadSizeThreshold())
                    .isEqualTo(Integer.MAX_VALUE));
  }

  @Test
  void aDirectoryIsEnough(@TempDir Path directory) {
    application
        .withPropertyValues(PREFIX + "file.directory=" + directory, PREFIX + "startup-check=fail")
        .run(
            context -> {
              assertThat(context).hasSingleBean(ExternalStoragePlugin.class);
              assertThat(directory.resolve("v0")).isNotEmptyDirectory();
            });
  }

  @Test
  void theStartFailsWithoutAccessIfConfigured() {
    unreachable()
        .withPropertyValues(PREFIX + "startup-check=fail")
        .run(
            context ->
                assertThat(context)
                    .getFailure()
                    .hasMessageStartingWith(
                        "Large payloads can't be stored and retrieved: no bucket"));
  }

  @Test
  void theStartDoesNotFailByDefault() {
    unreachable()
        .withPropertyValues(PREFIX + "startup-check=warn")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void nothingIsCheckedWhenNothingIsStored() {
    unreachable()
        .withPropertyValues(PREFIX + "startup-check=fail", PREFIX + "store-enabled=false")
        .run(context -> assertThat(context).hasNotFailed());
  }

  @Test
  void noNamespacesAreAsGoodAsAll() {
    withMemory
        .withPropertyValues(PREFIX + "readable-namespaces=", PREFIX + "threshold=0")
        .run(
            context -> {
              ExternalStorage storage = context.getBean(ExternalStorage.class);
              List<Payload> stored =
                  storage
                      .store(
                          StorageDriverStoreContext.of(
                              new StorageDriverWorkflowInfo("orders", "id", "run", "Type")),
                          List.of(payload(1)))
                      .join();

              assertThat(storage.retrieve(StorageDriverRetrieveContext.empty(), stored).join())
                  .containsExactly(payload(1));
            });
  }

  @Test
  void theApplicationsPluginIsKept() {
    try (ExternalStorage storage = ExternalStorage.newBuilder().setDriver(memory("own")).build()) {
      ExternalStoragePlugin own = new ExternalStoragePlugin(storage);
      withMemory
          .withBean(ExternalStoragePlugin.class, () -> own)
          .run(context -> assertThat(context.getBean(ExternalStoragePlugin.class)).isSameAs(own));
    }
  }

  @Test
  void theHealthIndicatorAsksTheStorageOnce() {
    AtomicInteger retrievals = new AtomicInteger();
    application
        .withBean(StorageDriver.class, () -> new CountedDriver(retrievals))
        .run(
            context -> {
              HealthIndicator health = context.getBean(HealthIndicator.class);

              assertThat(health.health()).isEqualTo(Health.up().build());
              assertThat(health.health()).isEqualTo(Health.up().build());
              assertThat(retrievals).hasValue(1);
            });
  }

  @Test
  void theHealthIndicatorNamesTheProblem() {
    application
        .withBean(
            StorageDriver.class,
            () ->
                new CountedDriver(new AtomicInteger()) {
                  @Override
                  public CompletableFuture<Payload> retrieve(
                      StorageDriverRetrieveContext context, StorageDriverClaim claim) {
                    return CompletableFuture.failedFuture(
                        new StorageException(StorageException.Reason.MISCONFIGURED, "no bucket"));
                  }
                })
        .run(
            context ->
                assertThat(context.getBean(HealthIndicator.class).health())
                    .isEqualTo(Health.down().withDetail("error", "no bucket").build()));
  }

  @Test
  void theHealthIndicatorSaysWhatItCanNotDetermine() {
    unreachable()
        .run(
            context ->
                assertThat(context.getBean(HealthIndicator.class).health())
                    .isEqualTo(
                        Health.up()
                            .withDetail(
                                "undetermined",
                                List.of(
                                    "The storage driver 'unreachable' can't be checked without"
                                        + " storing a payload"))
                            .build()));
  }

  @Test
  void theHealthIndicatorCanBeDisabledOrReplaced() {
    withMemory
        .withPropertyValues("management.health.external-storage.enabled=false")
        .run(context -> assertThat(context).doesNotHaveBean(HealthIndicator.class));
    HealthIndicator own = () -> Health.unknown().build();
    withMemory
        .withBean("externalStorageHealthIndicator", HealthIndicator.class, () -> own)
        .run(context -> assertThat(context.getBean(HealthIndicator.class)).isSameAs(own));
  }

  @Test
  void worksWithoutActuator() {
    withMemory
        .withClassLoader(
            new FilteredClassLoader(
                "org.springframework.boot.actuate", "org.springframework.boot.health"))
        .run(context -> assertThat(context).hasSingleBean(ExternalStoragePlugin.class));
  }

  private static class CountedDriver implements StorageDriver {
    private final InMemoryStorageDriver objects = InMemoryStorageDriver.newBuilder().build();
    private final AtomicInteger retrievals;
    private final AtomicInteger closed = new AtomicInteger();
    private final AtomicInteger stopped = new AtomicInteger();

    private CountedDriver(AtomicInteger retrievals) {
      this.retrievals = retrievals;
    }

    @Override
    public String getName() {
      return objects.getName();
    }

    @Override
    public String getType() {
      return objects.getType();
    }

    @Override
    public Optional<StorageDriverClaim> getClaim(
        StorageDriverStoreContext context, Payload payload) {
      return objects.getClaim(context, payload);
    }

    @Override
    public CompletableFuture<StorageDriverClaim> store(
        StorageDriverStoreContext context, Payload payload) {
      throw new AssertionError("The health indicator needs no right to store");
    }

    @Override
    public CompletableFuture<Payload> retrieve(
        StorageDriverRetrieveContext context, StorageDriverClaim claim) {
      retrievals.incrementAndGet();
      return objects.retrieve(context, claim);
    }

    /** A destroy method that the application chooses. */
    @SuppressWarnings("UnusedMethod") // Spring calls it
    void stopListening() {
      stopped.incrementAndGet();
    }

    @Override
    public void close() {
      closed.incrementAndGet();
    }
  }

  private ApplicationContextRunner unreachable() {
    StorageDriver driver =
        new StorageDriver() {
          @Override
          public String getName() {
            return "unreachable";
          }

          @Override
          public String getType() {
            return "unreachable";
          }

          @Override
          public CompletableFuture<StorageDriverClaim> store(
              StorageDriverStoreContext context, Payload payload) {
            return CompletableFuture.failedFuture(
                new StorageException(StorageException.Reason.MISCONFIGURED, "no bucket"));
          }

          @Override
          public CompletableFuture<Payload> retrieve(
              StorageDriverRetrieveContext context, StorageDriverClaim claim) {
            throw new AssertionError("Nothing was stored");
          }
        };
    return application.withBean(StorageDriver.class, () -> driver);
  }

  @Test
  void worksWithoutTheOtherDriversModules() {
    application
        .withClassLoader(
            new FilteredClassLoader(
                "io.github.externalstorage.gcs", "org.springframework.boot.health"))
        .withPropertyValues(S3_BUCKET, S3_REGION)
        .run(context -> assertThat(context).hasSingleBean(ExternalStoragePlugin.class));
  }

  @Test
  void theApplicationsDriverIsUsed() {
    withMemory.run(
        context -> {
          assertThat(context).hasSingleBean(ExternalStoragePlugin.class);
          ExternalStorage storage = context.getBean(ExternalStorage.class);
          Payload payload = payload(300 * 1024);
          List<Payload> stored =
              storage.store(StorageDriverStoreContext.empty(), List.of(payload)).join();
          assertThat(stored).allMatch(StorageReference::isReference);
          assertThat(storage.retrieve(StorageDriverRetrieveContext.empty(), stored).join())
              .containsExactly(payload);
        });
  }

  @Test
  void settings() {
    withMemory
        .withPropertyValues(
            PREFIX + "threshold=1KB",
            PREFIX + "store-enabled=false",
            PREFIX + "cache-size=0",
            PREFIX + "readable-namespaces=orders,billing")
        .run(
            context -> {
              ExternalStorage storage = context.getBean(ExternalStorage.class);
              assertThat(storage.getPayloadSizeThreshold()).isEqualTo(1024);
              assertThat(storage.isStoreEnabled()).isFalse();
            });
  }

  @Test
  void customizersComeAfterTheProperties() {
    withMemory
        .withPropertyValues(PREFIX + "threshold=1KB")
        .withBean(
            ExternalStorageBuilderCustomizer.class,
            () -> builder -> builder.setPayloadSizeThreshold(7))
        .run(
            context ->
                assertThat(context.getBean(ExternalStorage.class).getPayloadSizeThreshold())
                    .isEqualTo(7));
  }

  @Test
  void theApplicationsListenerIsCalled() {
    List<String> drivers = new CopyOnWriteArrayList<>();
    withMemory
        .withPropertyValues(PREFIX + "threshold=0")
        .withBean(
            StorageListener.class,
            () ->
                new StorageListener() {
                  @Override
                  public void onStored(StorageEvent event) {
                    drivers.add(event.getDriverName());
                  }
                })
        .run(
            context -> {
              context
                  .getBean(ExternalStorage.class)
                  .store(StorageDriverStoreContext.empty(), List.of(payload(1)))
                  .join();
              assertThat(drivers).containsExactly("memory");
            });
  }

  @Test
  void severalDriversNeedASelector() {
    ApplicationContextRunner two =
        withMemory.withBean("second", StorageDriver.class, () -> memory("second"));

    two.run(
        context -> assertThat(context).getFailure().rootCause().hasMessageContaining("selector"));
    two.withBean(StorageDriverSelector.class, () -> (context, payload) -> null)
        .run(context -> assertThat(context).hasSingleBean(ExternalStoragePlugin.class));
  }

  @Test
  void withoutADriverTheRemedyIsNamed() {
    application.run(
        context ->
            assertThat(context)
                .getFailure()
                .hasStackTraceContaining("Set temporal.external-storage.s3.bucket"));
  }

  @Test
  void canBeDisabled() {
    application
        .withPropertyValues(PREFIX + "enabled=false", S3_BUCKET)
        .run(
            context ->
                assertThat(context)
                    .doesNotHaveBean(ExternalStoragePlugin.class)
                    .doesNotHaveBean(ExternalStorage.class)
                    .doesNotHaveBean(S3AsyncClient.class));
  }

  @Test
  void gzipIsADataConverter() {
    withMemory
        .withPropertyValues(PREFIX + "gzip=true")
        .run(
            context ->
                assertThat(context.getBean(DataConverter.class).toPayload("x".repeat(1000)))
                    .hasValueSatisfying(
                        payload ->
                            assertThat(payload.getMetadataOrThrow("encoding").toStringUtf8())
                                .isEqualTo("binary/gzip")));
  }

  @Test
  void theApplicationsDataConverterIsKept() {
    DataConverter own = DefaultDataConverter.newDefaultInstance();
    withMemory
        .withPropertyValues(PREFIX + "gzip=true")
        .withBean(DataConverter.class, () -> own)
        .run(context -> assertThat(context.getBean(DataConverter.class)).isSameAs(own));
  }

  @Test
  void theApplicationsStorageIsKept() {
    try (ExternalStorage own = ExternalStorage.newBuilder().setDriver(memory("own")).build()) {
      application
          .withBean(ExternalStorage.class, () -> own)
          .run(
              context -> {
                assertThat(context.getBean(ExternalStorage.class)).isSameAs(own);
                assertThat(context).hasSingleBean(ExternalStoragePlugin.class);
              });
    }
  }

  @Test
  void theApplicationsDriversAreClosedOnce() {
    CountedDriver driver = new CountedDriver(new AtomicInteger());
    application
        .withBean(StorageDriver.class, () -> driver)
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(driver.closed).hasValue(1);
  }

  @Test
  void theApplicationsDestroyMethodIsKept() {
    CountedDriver driver = new CountedDriver(new AtomicInteger());
    application
        .withBean(
            CountedDriver.class,
            () -> driver,
            definition -> definition.setDestroyMethodName("stopListening"))
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(driver.stopped).hasValue(1);
    assertThat(driver.closed).hasValue(1);
  }

  @Test
  void driversThatTheStorageDoesNotUseAreClosedByTheContext() {
    CountedDriver driver = new CountedDriver(new AtomicInteger());
    withMemory
        .withBean(
            "unused",
            CountedDriver.class,
            () -> driver,
            unused -> unused.setAutowireCandidate(false))
        .run(context -> assertThat(context).hasNotFailed());
    assertThat(driver.closed).hasValue(1);
  }

  @Test
  void propertiesAreDescribedForEditors() throws IOException {
    try (InputStream metadata =
        ExternalStorageProperties.class.getResourceAsStream(
            "/META-INF/spring-configuration-metadata.json")) {
      assertThat(metadata).isNotNull();
      assertThat(new String(metadata.readAllBytes(), StandardCharsets.UTF_8))
          .contains(
              "\"temporal.external-storage.s3.bucket\"",
              "\"temporal.external-storage.store-enabled\"",
              "\"temporal.external-storage.readable-namespaces\"",
              "Bucket that payloads are stored in.");
    }
  }

  private static StorageDriver memory(String name) {
    return InMemoryStorageDriver.newBuilder().setName(name).build();
  }

  private static Payload payload(int size) {
    return Payload.newBuilder()
        .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
        .setData(ByteString.copyFromUtf8("x".repeat(size)))
        .build();
  }
}
