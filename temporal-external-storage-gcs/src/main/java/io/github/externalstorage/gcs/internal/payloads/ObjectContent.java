package io.github.externalstorage.gcs.internal.payloads;

import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Ints;
import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.PayloadFormat;
import io.temporal.api.common.v1.Payload;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * An object's content. What is hashed and what is sent is the same {@link ByteString}.
 *
 * @param bytes the serialized payload
 * @param sha256 its hash: 64 lower-case hexadecimal digits
 */
public record ObjectContent(ByteString bytes, String sha256) {

  public static ObjectContent of(Payload payload) {
    ByteString bytes = PayloadFormat.serialize(payload);
    return new ObjectContent(bytes, PayloadFormat.sha256(bytes));
  }

  /** The checksum as Google writes it: the big-endian bytes in Base64. */
  String crc32c() {
    CRC32C checksum = new CRC32C();
    for (ByteBuffer part : bytes.asReadOnlyByteBufferList()) {
      checksum.update(part);
    }
    return BaseEncoding.base64().encode(Ints.toByteArray((int) checksum.getValue()));
  }
}
