package io.github.externalstorage.internal.messages;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.HistoryEvent;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Finds all payloads in a message by its descriptors, so that no list of message types has to be
 * kept up to date with the API.
 */
public final class PayloadFields {

  private static final Pattern ATTRIBUTES = Pattern.compile("^\\w+EventAttributes\\.");

  private PayloadFields() {}

  /**
   * Visits each payload of an event with its path in the event's attributes, such as {@code
   * input.payloads[0]}, without the field that only repeats the type of the event.
   */
  public static void visitEvent(HistoryEvent event, BiConsumer<String, Payload> visitor) {
    visit(
        event,
        (path, payload) -> visitor.accept(ATTRIBUTES.matcher(path).replaceFirst(""), payload));
  }

  /** Visits each payload with its path, which uses JSON field names. */
  public static void visit(Message message, BiConsumer<String, Payload> visitor) {
    visit("", message, visitor);
  }

  private static void visit(String path, Object value, BiConsumer<String, Payload> visitor) {
    if (value instanceof Payload payload) {
      visitor.accept(path, payload);
    } else if (value instanceof MapEntry<?, ?> entry) {
      visit(path + "[" + entry.getKey() + "]", entry.getValue(), visitor);
    } else if (value instanceof Message message) {
      String prefix = path.isEmpty() ? "" : path + ".";
      message
          .getAllFields()
          .forEach((field, child) -> visit(prefix + field.getJsonName(), field, child, visitor));
    }
  }

  private static void visit(
      String path, FieldDescriptor field, Object value, BiConsumer<String, Payload> visitor) {
    if (field.isMapField()) {
      ((List<?>) value).forEach(entry -> visit(path, entry, visitor));
    } else if (field.isRepeated()) {
      List<?> values = (List<?>) value;
      for (int i = 0; i < values.size(); i++) {
        visit(path + "[" + i + "]", values.get(i), visitor);
      }
    } else {
      visit(path, value, visitor);
    }
  }

  /** Returns a copy of the message with each payload replaced. */
  public static Message replace(Message message, UnaryOperator<Payload> replacement) {
    if (message instanceof Payload payload) {
      return replacement.apply(payload);
    }
    Message.Builder result = message.toBuilder();
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (field.getJavaType() == JavaType.MESSAGE) {
                result.setField(
                    field,
                    field.isRepeated()
                        ? ((List<?>) value)
                            .stream().map(child -> replace((Message) child, replacement)).toList()
                        : replace((Message) value, replacement));
              }
            });
    return result.build();
  }
}
