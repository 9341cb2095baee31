package io.github.externalstorage.codec.http.internal.payloads;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.common.io.CountingOutputStream;
import com.google.protobuf.ByteString;
import io.github.externalstorage.codec.http.internal.protocol.ResponseBody;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Payloads as the proto3 JSON of {@code temporal.api.common.v1.Payloads}, see <a
 * href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>. Protobuf's own printer copies
 * each value several times; here, values are written in chunks.
 */
public final class PayloadsJson implements ResponseBody {

  private static final int CHUNK = 3 * 16 * 1024;

  private final List<Payload> payloads;
  private final long length;

  public PayloadsJson(List<Payload> payloads) {
    this.payloads = payloads;
    CountingOutputStream counted = new CountingOutputStream(OutputStream.nullOutputStream());
    try {
      writeTo(counted);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    length = counted.getCount();
  }

  @Override
  public long length() {
    return length;
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    write("{\"payloads\":[", out);
    String separator = "";
    for (Payload payload : payloads) {
      write(separator, out);
      write(payload, out);
      separator = ",";
    }
    write("]}", out);
  }

  private static void write(Payload payload, OutputStream out) throws IOException {
    write("{\"metadata\":{", out);
    String separator = "";
    for (Map.Entry<String, ByteString> entry : payload.getMetadataMap().entrySet()) {
      char[] key = JsonStringEncoder.getInstance().quoteAsString(entry.getKey());
      write(separator + "\"" + new String(key) + "\":", out);
      write(entry.getValue(), out);
      separator = ",";
    }
    write("},\"data\":", out);
    write(payload.getData(), out);
    // The Web UI treats an empty list as if it had an element.
    if (payload.getExternalPayloadsCount() > 0) {
      writeExternal(payload.getExternalPayloadsList(), out);
    }
    write("}", out);
  }

  private static void writeExternal(List<ExternalPayloadDetails> details, OutputStream out)
      throws IOException {
    write(",\"externalPayloads\":[", out);
    String separator = "";
    for (ExternalPayloadDetails detail : details) {
      // 64-bit numbers are strings in proto3 JSON.
      write(separator + "{\"sizeBytes\":\"" + detail.getSizeBytes() + "\"}", out);
      separator = ",";
    }
    write("]", out);
  }

  /** Base64 of RFC 4648, section 4. */
  private static void write(ByteString data, OutputStream out) throws IOException {
    write("\"", out);
    byte[] chunk = new byte[Math.min(CHUNK, data.size())];
    byte[] encoded = new byte[(chunk.length + 2) / 3 * 4];
    for (int i = 0; i < data.size(); i += CHUNK) {
      int size = Math.min(CHUNK, data.size() - i);
      data.substring(i, i + size).copyTo(chunk, 0);
      byte[] source = size == chunk.length ? chunk : Arrays.copyOf(chunk, size);
      out.write(encoded, 0, Base64.getEncoder().encode(source, encoded));
    }
    write("\"", out);
  }

  private static void write(String json, OutputStream out) throws IOException {
    out.write(json.getBytes(UTF_8));
  }
}
