package io.github.externalstorage.lifecycle.history;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.storage.PayloadDecoder;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadJson;
import io.github.externalstorage.reference.StorageReference;
import io.temporal.api.common.v1.Payload;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a downloaded history self-contained: replaces each reference in its JSON, as {@code
 * temporal workflow show -o json}, the Web UI and the SDKs write it, with the stored payload.
 * Everything else is left unchanged, including what later versions of the API add. One event is in
 * memory at a time. Thread-safe.
 */
public final class HistoryResolver {

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  // A payload in base64 is one string.
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                  .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                  .build())
          // Numbers are written as they were read.
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final String EVENTS = "events";

  private final PayloadDecoder decoder;
  private final boolean decode;

  private HistoryResolver(Builder builder) {
    decoder = new PayloadDecoder(builder.namespace);
    decode = builder.decode;
  }

  /**
   * A builder with the defaults.
   *
   * @param namespace the storage and codecs of the history's namespace
   */
  public static Builder newBuilder(NamespaceStorage namespace) {
    return new Builder(namespace);
  }

  /**
   * Reads a history and writes it with its stored payloads. Blocks until it is complete. Neither of
   * the streams is closed.
   *
   * @param history the history's JSON in UTF-8
   * @param resolved receives JSON in UTF-8; incomplete if this fails
   * @return how many references were replaced
   * @throws LifecycleException if the JSON is not a history, or a payload can't be read
   * @throws IOException if reading or writing fails
   */
  public int resolve(InputStream history, OutputStream resolved) throws IOException {
    try (JsonParser parser = JSON.createParser(history);
        JsonGenerator generator = JSON.createGenerator(resolved)) {
      generator.useDefaultPrettyPrinter();
      Copy copy = new Copy(generator);
      copy.document(parser);
      return copy.references;
    } catch (JsonProcessingException e) {
      // Its message quotes the document.
      throw new LifecycleException(
          "The history is not JSON (line %s, column %s)"
              .formatted(e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    }
  }

  /** Writes one document. */
  private final class Copy {

    private final JsonGenerator generator;
    private long events;
    private int references;

    Copy(JsonGenerator generator) {
      this.generator = generator;
    }

    void document(JsonParser parser) throws IOException {
      boolean isHistory = false;
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        generator.copyCurrentEventExact(parser);
        if (token == JsonToken.FIELD_NAME && parser.currentName().equals(EVENTS)) {
          isHistory = true;
          events(parser);
        }
      }
      if (!isHistory) {
        throw new LifecycleException(
            "The input is not a history: it has no '%s'; write one with 'temporal workflow show -o json'"
                .formatted(EVENTS));
      }
    }

    private void events(JsonParser parser) throws IOException {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        throw new LifecycleException("The input is not a history: 'events' is not a list");
      }
      generator.writeStartArray();
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        JsonNode event = JSON.readTree(parser);
        events++;
        try {
          write(event);
        } catch (StorageException e) {
          throw new LifecycleException(
              "A payload of event %s could not be resolved: %s"
                  .formatted(event.path("eventId").asText(String.valueOf(events)), e.getMessage()),
              e);
        }
      }
      generator.writeEndArray();
    }

    private void write(JsonNode node) throws IOException {
      Optional<Payload> payload = PayloadJson.parse(node);
      if (payload.isPresent()) {
        write(node, payload.get());
      } else if (node.isObject()) {
        generator.writeStartObject();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
          generator.writeFieldName(field.getKey());
          write(field.getValue());
        }
        generator.writeEndObject();
      } else if (node.isArray()) {
        generator.writeStartArray();
        for (JsonNode element : node) {
          write(element);
        }
        generator.writeEndArray();
      } else {
        JSON.writeTree(generator, node);
      }
    }

    private void write(JsonNode node, Payload payload) throws IOException {
      Payload readable = decoder.decodeReference(payload);
      if (StorageReference.isReference(readable)) {
        references++;
      }
      Payload resolved = decoder.resolve(readable);
      if (decode) {
        resolved = decoder.decode(resolved);
      }
      if (resolved.equals(payload)) {
        JSON.writeTree(generator, node);
      } else {
        PayloadJson.write(resolved, generator);
      }
    }
  }

  /** Builds a {@link HistoryResolver}. Not thread-safe. */
  public static final class Builder {

    private final NamespaceStorage namespace;
    private boolean decode;

    private Builder(NamespaceStorage namespace) {
      this.namespace = requireNonNull(namespace, "namespace");
    }

    /**
     * Whether payloads are also decoded by the pre-storage codec, so that people can read them. A
     * worker with this codec can replay both, if the codec leaves unchanged what it did not encode.
     * Default: false. The post-storage codec, that of a proxy, always decodes: there is no proxy
     * between a file and a replayer.
     */
    public Builder setDecode(boolean enabled) {
      decode = enabled;
      return this;
    }

    /** Builds the resolver. */
    public HistoryResolver build() {
      return new HistoryResolver(this);
    }
  }
}
