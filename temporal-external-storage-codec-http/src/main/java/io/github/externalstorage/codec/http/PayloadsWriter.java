package io.github.externalstorage.codec.http;

import com.google.gson.JsonPrimitive;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.util.List;

/**
 * Writes payloads as the proto3 JSON of {@code temporal.api.common.v1.Payloads}, see <a
 * href="https://protobuf.dev/programming-guides/json/">ProtoJSON</a>.
 */
final class PayloadsWriter {

  private final ReplyBody.Builder json = new ReplyBody.Builder();

  private PayloadsWriter() {}

  static ReplyBody write(List<Payload> payloads) {
    PayloadsWriter writer = new PayloadsWriter();
    writer.payloads(payloads);
    return writer.json.build();
  }

  private void payloads(List<Payload> payloads) {
    json.text("{\"payloads\":[");
    String separator = "";
    for (Payload payload : payloads) {
      json.text(separator);
      payload(payload);
      separator = ",";
    }
    json.text("]}");
  }

  private void payload(Payload payload) {
    json.text("{\"metadata\":{");
    String separator = "";
    for (var entry : payload.getMetadataMap().entrySet()) {
      json.text(separator + new JsonPrimitive(entry.getKey()) + ":\"");
      json.base64(entry.getValue()).text("\"");
      separator = ",";
    }
    json.text("},\"data\":\"").base64(payload.getData()).text("\"");
    // The Web UI takes an empty list for one with a first element.
    if (payload.getExternalPayloadsCount() > 0) {
      externalPayloads(payload.getExternalPayloadsList());
    }
    json.text("}");
  }

  private void externalPayloads(List<ExternalPayloadDetails> details) {
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
