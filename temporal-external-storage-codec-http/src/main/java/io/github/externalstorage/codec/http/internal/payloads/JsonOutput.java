package io.github.externalstorage.codec.http.internal.payloads;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Base64;

/** Writes JSON, or only measures its length. */
interface JsonOutput {

  void text(String json) throws IOException;

  /** Base64 of RFC 4648, section 4. */
  void base64(ByteString data) throws IOException;

  /** Measures, in bytes. */
  final class Length implements JsonOutput {

    private long bytes;

    long bytes() {
      return bytes;
    }

    @Override
    public void text(String json) {
      bytes += json.getBytes(UTF_8).length;
    }

    @Override
    public void base64(ByteString data) {
      bytes += 4 * ((data.size() + 2L) / 3);
    }
  }

  /** Writes in chunks, so that no value is copied as a whole. */
  record Stream(OutputStream out) implements JsonOutput {

    private static final int CHUNK = 3 * 16 * 1024;

    @Override
    public void text(String json) throws IOException {
      out.write(json.getBytes(UTF_8));
    }

    @Override
    public void base64(ByteString data) throws IOException {
      byte[] chunk = new byte[Math.min(CHUNK, data.size())];
      byte[] encoded = new byte[(chunk.length + 2) / 3 * 4];
      for (int i = 0; i < data.size(); i += CHUNK) {
        int size = Math.min(CHUNK, data.size() - i);
        data.substring(i, i + size).copyTo(chunk, 0);
        byte[] source = size == chunk.length ? chunk : Arrays.copyOf(chunk, size);
        out.write(encoded, 0, Base64.getEncoder().encode(source, encoded));
      }
    }
  }
}
