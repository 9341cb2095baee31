package io.github.externalstorage.lifecycle.internal.temporal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Streams;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payload.ExternalPayloadDetails;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;

/** The JSON of a {@link Payload}, in the mapping of Protocol Buffers. */
public final class PayloadJson {

  /** With the names of the JSON mapping and of the proto file; parsers accept both. */
  private static final ImmutableSet<String> FIELDS =
      ImmutableSet.of("metadata", "data", "externalPayloads", "external_payloads");

  private PayloadJson() {}

  /** Reads a payload; empty if the JSON is something else. */
  public static Optional<Payload> parse(JsonNode node) {
    JsonNode metadata = node.path("metadata");
    if (!metadata.isObject()
        || metadata.isEmpty()
        || !Streams.stream(metadata).allMatch(JsonNode::isTextual)
        || !Streams.stream(node.fieldNames()).allMatch(FIELDS::contains)) {
      return Optional.empty();
    }
    Payload.Builder payload = Payload.newBuilder();
    try {
      JsonFormat.parser().merge(node.toString(), payload);
    } catch (InvalidProtocolBufferException e) {
      // Temporal's CLI can print the JSON in a payload instead of the payload.
      return Optional.empty();
    }
    return Optional.of(payload.build());
  }

  public static void write(Payload payload, JsonGenerator generator) throws IOException {
    generator.writeStartObject();
    generator.writeObjectFieldStart("metadata");
    for (Map.Entry<String, ByteString> entry : payload.getMetadataMap().entrySet()) {
      generator.writeFieldName(entry.getKey());
      write(entry.getValue(), generator);
    }
    generator.writeEndObject();
    generator.writeFieldName("data");
    write(payload.getData(), generator);
    if (payload.getExternalPayloadsCount() > 0) {
      generator.writeArrayFieldStart("externalPayloads");
      for (ExternalPayloadDetails details : payload.getExternalPayloadsList()) {
        generator.writeStartObject();
        generator.writeStringField("sizeBytes", Long.toString(details.getSizeBytes()));
        generator.writeEndObject();
      }
      generator.writeEndArray();
    }
    generator.writeEndObject();
  }

  private static void write(ByteString bytes, JsonGenerator generator) throws IOException {
    try (InputStream input = bytes.newInput()) {
      int unused = generator.writeBinary(input, bytes.size());
    }
  }
}
