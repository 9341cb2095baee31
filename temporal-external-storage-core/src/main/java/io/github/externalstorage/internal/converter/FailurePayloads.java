package io.github.externalstorage.internal.converter;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The payloads of a failure and its causes, wherever they are: details, and the attributes that a
 * converter encodes.
 */
final class FailurePayloads {

  private FailurePayloads() {}

  /**
   * The failure with other payloads.
   *
   * @param replacement maps all of them at once to as many others in the same order
   */
  static Failure replace(Failure failure, UnaryOperator<List<Payload>> replacement) {
    Failure.Builder result = failure.toBuilder();
    List<Payload.Builder> found = new ArrayList<>();
    collect(result, found);
    List<Payload> payloads = found.stream().map(Payload.Builder::build).toList();
    List<Payload> replaced = replacement.apply(payloads);
    if (replaced == payloads) {
      return failure;
    }
    for (int i = 0; i < found.size(); i++) {
      found.get(i).clear().mergeFrom(replaced.get(i));
    }
    return result.build();
  }

  private static void collect(Message.Builder message, List<Payload.Builder> found) {
    if (message instanceof Payload.Builder payload) {
      found.add(payload);
      return;
    }
    for (FieldDescriptor field : message.getAllFields().keySet()) {
      if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
        continue;
      }
      if (field.isRepeated()) {
        for (int i = 0; i < message.getRepeatedFieldCount(field); i++) {
          collect(message.getRepeatedFieldBuilder(field, i), found);
        }
      } else {
        collect(message.getFieldBuilder(field), found);
      }
    }
  }
}
