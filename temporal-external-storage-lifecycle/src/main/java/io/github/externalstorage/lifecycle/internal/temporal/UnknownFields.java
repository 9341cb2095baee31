package io.github.externalstorage.lifecycle.internal.temporal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MapEntry;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * Finds payloads in fields that this version of the API does not have: a server may be newer. What
 * looks like a payload there is taken for one, and what looks like a message is searched.
 */
public final class UnknownFields {

  /** As deep as Protocol Buffers allow messages to be nested. */
  private static final int MAX_DEPTH = 100;

  private UnknownFields() {}

  /** Visits each payload in an unknown field with its path, which has the numbers of fields. */
  public static void visit(Message message, BiConsumer<String, Payload> visitor) {
    visit("", message.getUnknownFields(), 0, visitor);
    message
        .getAllFields()
        .forEach(
            (field, value) -> {
              if (value instanceof List<?> children) {
                children.forEach(child -> visitChild(child, visitor));
              } else {
                visitChild(value, visitor);
              }
            });
  }

  private static void visitChild(Object value, BiConsumer<String, Payload> visitor) {
    if (value instanceof MapEntry<?, ?> entry) {
      visitChild(entry.getValue(), visitor);
    } else if (value instanceof Message message) {
      visit(message, visitor);
    }
  }

  private static void visit(
      String path, UnknownFieldSet fields, int depth, BiConsumer<String, Payload> visitor) {
    for (Map.Entry<Integer, UnknownFieldSet.Field> field : fields.asMap().entrySet()) {
      String fieldPath = path + (path.isEmpty() ? "unknown field " : ".") + field.getKey();
      for (ByteString bytes : field.getValue().getLengthDelimitedList()) {
        visit(fieldPath, bytes, depth, visitor);
      }
      for (UnknownFieldSet group : field.getValue().getGroupList()) {
        visit(fieldPath, group, depth + 1, visitor);
      }
    }
  }

  private static void visit(
      String path, ByteString bytes, int depth, BiConsumer<String, Payload> visitor) {
    try {
      Payload payload = Payload.parseFrom(bytes);
      if (payload.containsMetadata("encoding")) {
        visitor.accept(path, payload);
        return;
      }
    } catch (InvalidProtocolBufferException e) {
      // Not a payload.
    }
    if (depth == MAX_DEPTH) {
      return;
    }
    UnknownFieldSet fields;
    try {
      fields = UnknownFieldSet.parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      // Not a message.
      return;
    }
    visit(path, fields, depth + 1, visitor);
  }
}
