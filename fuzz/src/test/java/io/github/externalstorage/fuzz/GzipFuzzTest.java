package io.github.externalstorage.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged gzip is rejected; a checksum of 32 bits misses one in four billion. */
final class GzipFuzzTest {

  private static final String SECRET = "sesame";

  @Test
  void damagedGzip() {
    Fuzzing.run("Gzip", GzipFuzzTest::decode);
  }

  private static void decode(Random random) {
    Payload payload =
        Seeds.json("\"" + (SECRET + random.nextInt()).repeat(random.nextInt(50)) + "\"");
    Payload encoded = Seeds.gzipped(payload);
    Mutation mutation = new Mutation(random);
    ByteString data = random.nextInt(8) == 0 ? mutation.noise() : mutation.of(encoded.getData());
    try {
      assertThat(Seeds.GZIP.decode(List.of(encoded.toBuilder().setData(data).build())))
          .isIn(List.of(payload), List.of(Payload.getDefaultInstance()));
    } catch (PayloadCodecException e) {
      assertThat(e).hasNoCause().hasMessageNotContaining(SECRET);
    }
  }
}
