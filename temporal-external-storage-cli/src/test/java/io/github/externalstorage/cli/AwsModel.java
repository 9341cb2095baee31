package io.github.externalstorage.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** Reads JSON as the AWS CLI does: names that the model of the API does not have are errors. */
final class AwsModel {

  private AwsModel() {}

  /**
   * Fills a builder of the AWS SDK and builds it.
   *
   * @throws IllegalArgumentException if the JSON does not match the model
   */
  static Object parse(SdkPojo builder, JsonNode json) {
    Map<String, SdkField<?>> fields =
        builder.sdkFields().stream()
            .collect(Collectors.toMap(SdkField::memberName, field -> field));
    json.properties()
        .forEach(
            entry -> {
              SdkField<?> field = fields.get(entry.getKey());
              if (field == null) {
                throw new IllegalArgumentException(
                    entry.getKey() + " is not one of " + fields.keySet());
              }
              field.set(builder, value(field, entry.getValue()));
            });
    return ((Buildable) builder).build();
  }

  private static Object value(SdkField<?> field, JsonNode json) {
    MarshallingType<?> type = field.marshallingType();
    if (type == MarshallingType.SDK_POJO) {
      return parse(field.constructor().get(), json);
    }
    if (type == MarshallingType.LIST) {
      List<Object> items = new ArrayList<>();
      ListTrait list = field.getTrait(ListTrait.class);
      json.forEach(item -> items.add(value(list.memberFieldInfo(), item)));
      return items;
    }
    if (type == MarshallingType.INTEGER && json.isInt()) {
      return json.intValue();
    }
    if (type == MarshallingType.BOOLEAN && json.isBoolean()) {
      return json.booleanValue();
    }
    if (type == MarshallingType.STRING && json.isTextual()) {
      return json.textValue();
    }
    throw new IllegalArgumentException(json + " is not a " + type.getTargetClass());
  }
}
