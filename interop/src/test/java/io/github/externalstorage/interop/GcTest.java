package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.Sets;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.lifecycle.gc.GcResult;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Garbage collection deletes what nothing refers to any more, and nothing else. */
@InteropTest
final class GcTest {

  @TempDir private Path folder;

  @Test
  void deletesWhatNothingRefersTo() throws Exception {
    try (GcWorld world =
        new GcWorld(folder)
            .withNamespace(GcHistories.MAIN, null)
            .withNamespace(GcHistories.SECOND, null)
            .withNamespace(GcHistories.ENCODED, new GzipPayloadCodec())) {
      GcHistories histories = new GcHistories(world);
      histories.write();
      histories.deleteSome();
      Set<String> all = world.keys();
      Set<String> referred = Sets.union(world.referredKeys(), histories.encodedKeys());
      int garbage = all.size() - referred.size();
      assertThat(garbage).isPositive();
      world.assertThatNothingIsMissing();

      GcResult first = world.gc().setDelete(true).build().run();
      assertThat(first.deleted().objects()).isZero();
      assertThat(world.keys()).isEqualTo(all);

      world.continueToday();
      GcResult second = world.gc().setDelete(true).build().run();
      assertThat(second.deleted().objects()).isEqualTo(garbage);
      assertThat(world.keys()).isEqualTo(referred);
      world.assertThatNothingIsMissing();

      GcResult third = world.gc().build().run();
      assertThat(third.referenced()).isEqualTo(referred.size());
      assertThat(third.garbage().objects()).isZero();
      assertThat(third.quarantines()).isEmpty();
    }
  }
}
