package io.github.externalstorage.lifecycle.gc;

import static io.github.externalstorage.lifecycle.gc.GcWorld.GRACE;
import static io.github.externalstorage.lifecycle.gc.GcWorld.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.base.Strings;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.SimulatedTemporal.Run;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Marks of closed workflow runs, which are kept from one run of garbage collection to the next. */
class GcKeptMarksTest {

  private static final Duration DAY = Duration.ofDays(1);

  @TempDir private Path folder;
  private GcWorld world;

  @BeforeEach
  void start() {
    world = new GcWorld(folder);
  }

  @AfterEach
  void stop() {
    world.close();
  }

  @Test
  void areUsedWithACodec() {
    world.setPostStorageCodec(new Envelope());
    Run run = world.start(ORDERS, world.stored(ORDERS));
    world.close(run);
    world.advance(GRACE.plus(DAY));
    assertThat(world.collect().keptRuns()).isZero();
    world.advance(DAY);

    assertThat(world.collect().keptRuns()).isEqualTo(1);
  }

  @Test
  void areNotKeptOfARunThatIsUnclear() {
    Envelope codec = new Envelope();
    world.setPostStorageCodec(codec);
    String key = world.stored(ORDERS);
    Run unclear = world.start(ORDERS);
    unclear.events.add(Events.started(Envelope.wrap(GcWorld.reference(key))));
    // So many marks on the same page that they are written before the page is complete.
    Run large =
        world.start(
            ORDERS, IntStream.range(0, 25_000).mapToObj(i -> key(i)).toArray(String[]::new));
    world.advance(DAY);
    world.close(large);
    world.advance(DAY);
    world.close(unclear);
    world.advance(GRACE);
    codec.fails = true;
    assertThatExceptionOfType(LifecycleException.class)
        .isThrownBy(() -> world.gc().setConcurrency(1).build().run())
        .withMessageContaining("unclear");
    codec.fails = false;

    assertThat(world.gc().build().run().referenced()).isEqualTo(1);
  }

  @Test
  void areReadAgainIfARunIsClosedWithAnotherHistory() {
    Run run = world.start(ORDERS);
    world.close(run);
    world.advance(GRACE.plus(DAY));
    var unused = world.collect();
    // As after a failover to another region, which continued the run and closed it, too.
    String key = world.stored(ORDERS);
    run.events.add(0, Events.started(GcWorld.reference(key)));
    world.advance(GRACE.plus(DAY));
    world.close(run);

    assertThat(world.collect().referenced()).isEqualTo(1);
  }

  @Test
  void aRunThatWasReadInThisRunIsNoKeptOne() {
    world.close(world.start(ORDERS));

    GcResult result = world.collect();

    assertThat(result.workflowRuns()).isEqualTo(1);
    assertThat(result.keptRuns()).isZero();
  }

  @Test
  void areReadAgainByAnotherVersion() throws SQLException {
    world.close(world.start(ORDERS));
    var unused = world.collect();
    try (Connection state = DriverManager.getConnection("jdbc:sqlite:" + world.stateFile());
        Statement statement = state.createStatement()) {
      assertThat(statement.executeUpdate("UPDATE identity SET value = '0' WHERE name = 'reader'"))
          .isEqualTo(1);
    }

    assertThat(world.collect().keptRuns()).isZero();
    assertThat(world.collect().keptRuns()).isEqualTo(1);
  }

  private static String key(int number) {
    return "v0/d/sha256/" + Strings.padStart(Integer.toHexString(number), 64, '0');
  }

  /** Encodes a payload as the data of another. */
  private static final class Envelope implements PayloadCodec {

    private static final ByteString ENCODING = ByteString.copyFromUtf8("binary/envelope");

    boolean fails;

    static Payload wrap(Payload payload) {
      return Payload.newBuilder()
          // Another instance each time, as in another process.
          .putMetadata("encoding", ByteString.copyFrom(ENCODING.toByteArray()))
          .setData(payload.toByteString())
          .build();
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
      return payloads.stream().map(Envelope::wrap).toList();
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
      return payloads.stream().map(this::unwrap).toList();
    }

    private Payload unwrap(Payload payload) {
      if (!ENCODING.equals(payload.getMetadataMap().get("encoding"))) {
        return payload;
      }
      if (fails) {
        throw new IllegalStateException("the key service does not respond");
      }
      try {
        return Payload.parseFrom(payload.getData());
      } catch (InvalidProtocolBufferException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }
}
