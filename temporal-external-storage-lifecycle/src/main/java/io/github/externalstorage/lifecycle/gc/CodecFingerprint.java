package io.github.externalstorage.lifecycle.gc;

import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a codec makes of the metadata of a sample, to find out if the codec was changed. */
final class CodecFingerprint {

  private static final Payload SAMPLE =
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
          .setData(ByteString.copyFromUtf8("\"sample\""))
          .build();

  private CodecFingerprint() {}

  /** Equal in every process. */
  static String of(PayloadCodec codec) {
    try {
      List<Map.Entry<String, ByteString>> metadata = encodedMetadata(codec);
      // Without what is different each time, such as a nonce.
      metadata.retainAll(encodedMetadata(codec));
      return metadata.stream()
          .map(
              entry ->
                  entry.getKey() + "=" + Hashing.sha256().hashBytes(entry.getValue().toByteArray()))
          .sorted()
          .toList()
          .toString();
    } catch (RuntimeException e) {
      return e.getClass().getName();
    }
  }

  private static List<Map.Entry<String, ByteString>> encodedMetadata(PayloadCodec codec) {
    List<Map.Entry<String, ByteString>> metadata = new ArrayList<>();
    for (Payload encoded : codec.encode(List.of(SAMPLE))) {
      metadata.addAll(encoded.getMetadataMap().entrySet());
    }
    return metadata;
  }
}
