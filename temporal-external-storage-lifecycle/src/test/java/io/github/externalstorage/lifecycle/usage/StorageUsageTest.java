package io.github.externalstorage.lifecycle.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.StoredAmount;
import io.github.externalstorage.lifecycle.gc.GcWorld;
import io.github.externalstorage.lifecycle.testing.RulesDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageUsageTest {

  private static final String HASH = "d/sha256/" + "a".repeat(64);
  private static final StoredAmount ONE = new StoredAmount(1, 10);

  @TempDir private Path folder;
  @AutoClose private GcWorld world = new GcWorld(Path.of("unused"));

  @BeforeEach
  void create() {
    world.close();
    world = new GcWorld(folder);
  }

  @Test
  void tellsWhatIsReferredToFromGarbage() {
    world.start(GcWorld.ORDERS, world.stored(GcWorld.ORDERS));
    String unused = world.stored(GcWorld.ORDERS);
    world.store.put("v0/ns/elsewhere/" + HASH);
    world.advance(Duration.ofDays(2));
    unused = world.stored(GcWorld.ORDERS);

    UsageReport report = usage();

    assertThat(report.total().byState())
        .isEqualTo(
            Map.of(
                UsageState.REFERENCED, ONE,
                UsageState.GARBAGE, ONE,
                UsageState.RECENT, ONE,
                UsageState.UNKNOWN, ONE));
    assertThat(report.total().total()).isEqualTo(new StoredAmount(4, 40));
    assertThat(report.byAge().keySet()).containsExactlyInAnyOrder(UsageAge.DAY, UsageAge.WEEK);
    assertThat(report.byDay())
        .isEqualTo(
            Map.of(
                LocalDate.parse("2026-01-01"),
                new StoredAmount(3, 30),
                LocalDate.parse("2026-01-03"),
                ONE));
  }

  @Test
  void listsByWhatTheKeysName() {
    world.store.put("v0/ns/orders/wt/Order%2FA+B/wi/w/ri/r/" + HASH);
    world.store.put("v0/ns/orders/at/null/ai/a/ri/r/" + HASH);
    world.store.put("v0/ns/orders/" + HASH);
    world.store.put("v0/" + HASH);
    world.store.put("v0/notes.txt");
    world.store.put("other/" + HASH);

    UsageReport report = listing();

    assertThat(report.byOwner().keySet())
        .containsExactlyInAnyOrder(
            new UsageOwner("orders", "Order/A+B"),
            new UsageOwner("orders", ""),
            new UsageOwner("", ""));
    assertThat(report.total().of(UsageState.UNKNOWN)).isEqualTo(new StoredAmount(4, 40));
    assertThat(report.otherObjects()).isEqualTo(ONE);
  }

  @Test
  void daysLongAgoAreLeftOut() {
    world.store.put("v0/" + HASH);
    world.advance(Duration.ofDays(UsageSum.DAYS));

    assertThat(listing().byDay()).isEmpty();
    assertThat(listing().byAge().keySet()).containsExactly(UsageAge.YEAR);
  }

  @Test
  void manyTypesBecomeOne() {
    for (int i = 0; i < 2_010; i++) {
      world.store.put("v0/ns/orders/wt/T" + i + "/wi/w/ri/r/" + HASH);
    }
    world.store.pageSize = 1000;

    UsageReport report = listing();

    assertThat(report.byOwner()).hasSize(2_001);
    assertThat(report.byOwner().get(UsageOwner.OTHERS))
        .isNotNull()
        .satisfies(others -> assertThat(others.total().objects()).isEqualTo(10));
  }

  @Test
  void anIncompleteListIsNoResult() {
    world.store.put("v0/" + HASH);
    world.store.setFaults(call -> new StorageException(Reason.ACCESS_DENIED, "no right to list"));

    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(this::listing)
        .withMessageContaining("could not be listed: no right to list");
  }

  @Test
  void aStorageThatCantBeListedIsAnError() {
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(
            () ->
                StorageUsage.newBuilder(
                        List.of(
                            NamespaceStorage.newBuilder(
                                    "orders",
                                    ExternalStorage.newBuilder()
                                        .setDriver(new RulesDriver())
                                        .build())
                                .build()))
                    .build()
                    .run())
        .withMessageContaining("can't list");
  }

  private UsageReport usage() {
    return builder()
        .setReferences(world.temporal.service, folder.resolve("usage.db"))
        .build()
        .run();
  }

  private UsageReport listing() {
    return builder().build().run();
  }

  private StorageUsage.Builder builder() {
    return StorageUsage.newBuilder(world.namespaces.values())
        .setClock(world.clock)
        .setPause(duration -> {});
  }
}
