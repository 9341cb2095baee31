package io.github.externalstorage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.hash.Hashing;
import com.google.common.io.BaseEncoding;
import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnsafeByteOperations;
import com.sun.net.httpserver.Headers;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.driver.PayloadFormat;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.driver.StorageDriverStoreContext;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** S3 receives the serialized payload, regardless of the payload's memory layout. */
final class S3ObjectBodyTest {

  /** Without a limit, some would be nested so deep that the stack of the test overflows. */
  private static final int NESTING = 4;

  private static final ScriptedServer SERVER = new ScriptedServer();
  private static final S3AsyncClient CLIENT = TestClients.plain(SERVER.endpoint()).build();
  private static final S3StorageDriver DRIVER =
      S3StorageDriver.newBuilder()
          .setClient(CLIENT)
          .setBucket(Samples.BUCKET)
          .setStallTimeout(TestClients.LONG_TIMEOUT)
          .build();

  @AfterContainer
  static void close() {
    CLIENT.close();
    SERVER.close();
  }

  @Property(seed = "1", tries = 300)
  void isThePayloadSerialized(@ForAll("payloads") Payload payload) throws IOException {
    byte[] expected = new byte[payload.getSerializedSize()];
    CodedOutputStream output = CodedOutputStream.newInstance(expected);
    output.useDeterministicSerialization();
    payload.writeTo(output);
    output.checkNoSpaceLeft();
    String hash = Hashing.sha256().hashBytes(expected).toString();

    StorageDriverClaim claim = DRIVER.store(StorageDriverStoreContext.empty(), payload).join();

    assertSent(expected, hash);
    assertThat(claim.getClaimData()).containsEntry("hash_value", hash);
    assertThat(DRIVER.getClaim(StorageDriverStoreContext.empty(), payload)).contains(claim);

    try (ExternalStorage storage =
        ExternalStorage.newBuilder().setDriver(DRIVER).setPayloadSizeThreshold(0).build()) {
      List<Payload> references =
          storage.store(StorageDriverStoreContext.empty(), List.of(payload)).join();

      assertSent(expected, hash);
      assertThat(StorageReference.parse(references.get(0)).orElseThrow().claim()).isEqualTo(claim);
    }
  }

  private static void assertSent(byte[] content, String hash) {
    Headers headers = SERVER.requests().get(0).getRequestHeaders();
    assertThat(SERVER.bodies()).singleElement().isEqualTo(content);
    SERVER.clear();
    assertThat(headers.getFirst("X-amz-checksum-sha256"))
        .isEqualTo(BaseEncoding.base64().encode(BaseEncoding.base16().lowerCase().decode(hash)));
  }

  @Provide
  Arbitrary<Payload> payloads() {
    Arbitrary<Map<String, ByteString>> metadata =
        Arbitraries.maps(Arbitraries.strings().ofMaxLength(5), bytes(300)).ofMaxSize(4);
    Arbitrary<ByteString> data = Arbitraries.oneOf(bytes(300), bytes(400_000));
    return Combinators.combine(metadata, data, bytes(30), Arbitraries.integers().between(0, 3))
        .as(
            (entries, content, unknown, rest) -> {
              Payload.Builder payload =
                  Payload.newBuilder().putAllMetadata(entries).setData(content);
              if ((rest & 1) != 0) {
                payload.addExternalPayloads(ExternalPayloadDetails.newBuilder().setSizeBytes(3));
              }
              if ((rest & 2) != 0) {
                payload.setUnknownFields(
                    UnknownFieldSet.newBuilder().mergeLengthDelimitedField(9, unknown).build());
              }
              return payload.build();
            });
  }

  /** Bytes on their own, as substrings, and concatenated, nested a few times. */
  private static Arbitrary<ByteString> bytes(int maxSize) {
    Arbitrary<ByteString> whole =
        Combinators.combine(
                Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(64),
                Arbitraries.integers().between(0, maxSize),
                Arbitraries.of(Memory.values()))
            .as(
                (pattern, size, memory) -> {
                  byte[] content = new byte[size];
                  for (int i = 0; i < size && pattern.length > 0; i++) {
                    content[i] = (byte) (pattern[i % pattern.length] + i);
                  }
                  return memory.hold(content);
                });
    Arbitrary<ByteString> nested = whole;
    for (int i = 0; i < NESTING; i++) {
      nested = Arbitraries.oneOf(whole, concatenated(nested), substring(nested));
    }
    return nested;
  }

  private static Arbitrary<ByteString> concatenated(Arbitrary<ByteString> parts) {
    return Combinators.combine(parts, parts).as(ByteString::concat);
  }

  private static Arbitrary<ByteString> substring(Arbitrary<ByteString> whole) {
    return Combinators.combine(
            whole, Arbitraries.doubles().between(0, 1), Arbitraries.doubles().between(0, 1))
        .as(
            (it, one, other) ->
                it.substring(
                    (int) (it.size() * Math.min(one, other)),
                    (int) (it.size() * Math.max(one, other))));
  }

  /** The kinds of memory that a payload's bytes may be in. */
  private enum Memory {
    LITERAL {
      @Override
      ByteString hold(byte[] content) {
        return ByteString.copyFrom(content);
      }
    },
    PART_OF_AN_ARRAY {
      @Override
      ByteString hold(byte[] content) {
        byte[] larger = new byte[content.length + 20];
        System.arraycopy(content, 0, larger, 7, content.length);
        return UnsafeByteOperations.unsafeWrap(larger, 7, content.length);
      }
    },
    PART_OF_A_HEAP_BUFFER {
      @Override
      ByteString hold(byte[] content) {
        return partOf(ByteBuffer.allocate(content.length + 20), content);
      }
    },
    PART_OF_A_READ_ONLY_BUFFER {
      @Override
      ByteString hold(byte[] content) {
        ByteBuffer larger = ByteBuffer.allocate(content.length + 20).put(7, content);
        return UnsafeByteOperations.unsafeWrap(
            larger.position(7).limit(7 + content.length).asReadOnlyBuffer());
      }
    },
    PART_OF_A_DIRECT_BUFFER {
      @Override
      ByteString hold(byte[] content) {
        return partOf(ByteBuffer.allocateDirect(content.length + 20), content);
      }
    },
    PARSED_AS_A_VIEW {
      @Override
      ByteString hold(byte[] content) {
        Payload outer =
            Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("binary/plain"))
                .setData(ByteString.copyFrom(content))
                .build();
        try {
          return PayloadFormat.parse(outer.toByteString()).getData();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };

    abstract ByteString hold(byte[] content);

    private static ByteString partOf(ByteBuffer larger, byte[] content) {
      larger.put(7, content).position(7).limit(7 + content.length);
      return UnsafeByteOperations.unsafeWrap(larger);
    }
  }
}
