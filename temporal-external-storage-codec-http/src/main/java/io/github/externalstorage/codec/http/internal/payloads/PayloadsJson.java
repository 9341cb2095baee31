package io.github.externalstorage.codec.http.internal.payloads;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.google.protobuf.ByteString;
import io.github.externalstorage.codec.http.internal.protocol.ResponseBody;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Payloads as the proto3 JSON of {@code temporal.api.common.v1.Payloads}, see <a
 * href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>. Protobuf's own printer copies
 * each value several times.
 */
public record PayloadsJson(List<Payload> payloads) implements ResponseBody {

  @Override
  public long length() {
    JsonOutput.Length length = new JsonOutput.Length();
    try {
      write(length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return length.bytes();
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    write(new JsonOutput.Stream(out));
  }

  private void write(JsonOutput json) throws IOException {
    json.text("{\"payloads\":[");
    String separator = "";
    for (Payload payload : payloads) {
      json.text(separator);
      write(payload, json);
      separator = ",";
    }
    json.text("]}");
  }

  private static void write(Payload payload, JsonOutput json) throws IOException {
    json.text("{\"metadata\":{");
    String separator = "";
    for (Map.Entry<String, ByteString> entry : payload.getMetadataMap().entrySet()) {
      char[] key = JsonStringEncoder.getInstance().quoteAsString(entry.getKey());
      json.text(separator + "\"" + new String(key) + "\":\"");
      json.base64(entry.getValue());
      json.text("\"");
      separator = ",";
    }
    json.text("},\"data\":\"");
    json.base64(payload.getData());
    json.text("\"");
    // The Web UI treats an empty list as if it had an element.
    if (payload.getExternalPayloadsCount() > 0) {
      writeExternal(payload.getExternalPayloadsList(), json);
    }
    json.text("}");
  }

  private static void writeExternal(List<ExternalPayloadDetails> details, JsonOutput json)
      throws IOException {
    json.text(",\"externalPayloads\":[");
    String separator = "";
    for (ExternalPayloadDetails detail : details) {
      // 64-bit numbers are strings in proto3 JSON.
      json.text(separator + "{\"sizeBytes\":\"" + detail.getSizeBytes() + "\"}");
      separator = ",";
    }
    json.text("]");
  }
}
