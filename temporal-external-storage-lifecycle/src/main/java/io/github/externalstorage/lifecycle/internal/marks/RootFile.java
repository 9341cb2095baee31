package io.github.externalstorage.lifecycle.internal.marks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.ExtensionRegistryLite;
import com.google.protobuf.WireFormat;
import io.github.externalstorage.internal.messages.PayloadFields;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadJson;
import io.github.externalstorage.lifecycle.internal.temporal.UnknownFields;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.History;
import io.temporal.api.history.v1.HistoryEvent;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/**
 * An exported history: JSON as {@code temporal workflow show -o json} writes it, or a serialized
 * {@link History}. One event is in memory at a time.
 */
public final class RootFile {

  /** Whoever receives what is in the file. */
  interface Receiver {

    /** A payload of an event. */
    void payload(String location, Payload payload);

    /** A text of the JSON that is not part of a payload. */
    void text(String text);
  }

  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  // A payload in base64 is one string.
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .build();

  private static final int MAX_EVENT_SIZE = 256 << 20;
  private static final int EVENT_TAG =
      History.EVENTS_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_LENGTH_DELIMITED;
  private static final int EVENT_ID_TAG =
      HistoryEvent.EVENT_ID_FIELD_NUMBER << 3 | WireFormat.WIRETYPE_VARINT;

  private final Path file;
  private final Receiver receiver;

  private RootFile(Path file, Receiver receiver) {
    this.file = file;
    this.receiver = receiver;
  }

  /**
   * All files of roots, those in folders too.
   *
   * @throws LifecycleException if a root has no file, or can't be read
   */
  public static List<Path> find(Collection<Path> roots) {
    List<Path> files = new ArrayList<>();
    for (Path root : roots) {
      int before = files.size();
      try (Stream<Path> found = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
        found.filter(Files::isRegularFile).map(Path::toAbsolutePath).sorted().forEach(files::add);
      } catch (IOException | UncheckedIOException e) {
        throw new LifecycleException("The history %s can't be read: %s".formatted(root, e), e);
      }
      if (files.size() == before) {
        throw new LifecycleException(
            "There is no file in %s: is it mounted? If it has no histories, leave it out"
                .formatted(root));
      }
    }
    return files;
  }

  /**
   * Reads a file.
   *
   * @throws LifecycleException if it can't be read, or is not a history
   */
  static void read(Path file, Receiver receiver) {
    RootFile root = new RootFile(file, receiver);
    try {
      if (root.isJson()) {
        root.json();
      } else {
        root.binary();
      }
    } catch (JsonProcessingException e) {
      // Its message quotes the file.
      throw new LifecycleException(
          "The history %s is not JSON (line %s, column %s)"
              .formatted(file, e.getLocation().getLineNr(), e.getLocation().getColumnNr()));
    } catch (IOException e) {
      throw new LifecycleException("The history %s can't be read: %s".formatted(file, e), e);
    }
  }

  /**
   * A serialized history begins with a line feed as well: the tag of its first event, which is
   * followed by the event's length and the tag of the event's id.
   */
  private boolean isJson() throws IOException {
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file))) {
      int first = input.read();
      if (first == '\n') {
        int second = input.read();
        int third = input.read();
        return third != EVENT_ID_TAG && (second == '{' || Character.isWhitespace(second));
      }
      while (first != -1 && Character.isWhitespace(first)) {
        first = input.read();
      }
      return first == '{';
    }
  }

  private void binary() throws IOException {
    long events = 0;
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      CodedInputStream message = CodedInputStream.newInstance(input);
      message.setSizeLimit(Integer.MAX_VALUE);
      for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
        if (tag != EVENT_TAG) {
          throw notAHistory();
        }
        int length = message.readRawVarint32();
        if (length < 0 || length > MAX_EVENT_SIZE) {
          throw notAHistory();
        }
        HistoryEvent event =
            HistoryEvent.parseFrom(
                message.readRawBytes(length), ExtensionRegistryLite.getEmptyRegistry());
        message.resetSizeCounter();
        events++;
        BiConsumer<String, Payload> visitor =
            (path, payload) ->
                receiver.payload(
                    location(String.valueOf(event.getEventId())) + " " + path, payload);
        PayloadFields.visitEvent(event, visitor);
        UnknownFields.visit(event, visitor);
      }
    }
    if (events == 0) {
      throw notAHistory();
    }
  }

  private void json() throws IOException {
    boolean isHistory = false;
    try (JsonParser parser = JSON.createParser(file.toFile())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.FIELD_NAME && parser.currentName().equals("events")) {
          isHistory = true;
          if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw notAHistory();
          }
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode event = JSON.readTree(parser);
            visit(event, location(event.path("eventId").asText("?")));
          }
        } else if (token == JsonToken.VALUE_STRING) {
          receiver.text(parser.getText());
        }
      }
    }
    if (!isHistory) {
      throw notAHistory();
    }
  }

  private void visit(JsonNode node, String location) {
    Optional<Payload> payload = PayloadJson.parse(node);
    payload.ifPresent(present -> receiver.payload(location, present));
    // Temporal's CLI can print the content of a payload instead of the payload.
    if (node.isTextual()) {
      receiver.text(node.asText());
    }
    node.forEach(child -> visit(child, location));
  }

  private String location(String eventId) {
    return "%s event %s".formatted(file, eventId);
  }

  private LifecycleException notAHistory() {
    return new LifecycleException(
        "The file %s is not a history: name files that 'temporal workflow show -o json' wrote, or"
                .formatted(file)
            + " serialized messages temporal.api.history.v1.History");
  }
}
