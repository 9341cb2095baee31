package io.github.externalstorage.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.ExternalStorageCodec;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.TestPayloads;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The storage codec on references that another codec encoded after storage. */
class ReferenceCodecTest {

  private static final PayloadCodec GZIP = new GzipPayloadCodec();
  private static final Payload PAYLOAD = TestPayloads.json("1");

  private final ExternalStorage storage =
      ExternalStorage.newBuilder()
          .setDriver(InMemoryStorageDriver.newBuilder().build())
          .setPayloadSizeThreshold(0)
          .build();
  private final Payload reference =
      ExternalStorageCodec.newBuilder(storage).build().encode(List.of(PAYLOAD)).get(0);
  private final Payload marked = TestPayloads.marked(reference, GZIP);

  @Test
  void resolvesBothKindsInTheirPlaces() {
    PayloadCodec codec = ExternalStorageCodec.newBuilder(storage).setReferenceCodec(GZIP).build();
    Payload compressed = GZIP.encode(List.of(PAYLOAD)).get(0);

    assertThat(codec.decode(List.of(marked, compressed, reference, marked)))
        .containsExactly(PAYLOAD, compressed, PAYLOAD, PAYLOAD);
  }

  @Test
  void withoutTheCodecItIsAnErrorThatNamesTheRemedy() {
    PayloadCodec codec = ExternalStorageCodec.newBuilder(storage).build();
    StorageException error =
        catchThrowableOfType(
            StorageException.class, () -> codec.decode(List.of(reference, marked)));

    assertThat(error.getReason()).isEqualTo(Reason.MISCONFIGURED);
    assertThat(error).hasMessageContaining("setReferenceCodec");
    assertThat(codec.decode(List.of(reference))).containsExactly(PAYLOAD);
  }

  @Test
  void markedReferencesAreNotStored() {
    PayloadCodec codec = ExternalStorageCodec.newBuilder(storage).build();

    assertThat(codec.encode(List.of(marked))).containsExactly(marked);
  }

  @Test
  void codecGetsTheContext() {
    SerializationContext context = new WorkflowSerializationContext("ns", "id");
    List<SerializationContext> seen = new ArrayList<>();
    PayloadCodec contextual =
        new ForwardingCodec() {
          @Override
          public PayloadCodec withContext(SerializationContext given) {
            seen.add(given);
            return GZIP;
          }
        };
    PayloadCodec codec =
        ExternalStorageCodec.newBuilder(storage).setReferenceCodec(contextual).build();

    assertThat(codec.withContext(context).decode(List.of(marked))).containsExactly(PAYLOAD);
    assertThat(seen).containsExactly(context);
  }

  private abstract static class ForwardingCodec implements PayloadCodec {
    @Override
    public List<Payload> encode(List<Payload> payloads) {
      return GZIP.encode(payloads);
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
      throw new AssertionError("Without its context this codec can't decode");
    }
  }
}
