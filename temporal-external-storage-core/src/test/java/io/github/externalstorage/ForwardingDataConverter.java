package io.github.externalstorage;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import java.lang.reflect.Type;
import java.util.Optional;

/** Someone else's converter around a converter. */
public class ForwardingDataConverter implements DataConverter {

  final DataConverter converter;

  public ForwardingDataConverter(DataConverter converter) {
    this.converter = converter;
  }

  @Override
  public <T> Optional<Payload> toPayload(T value) {
    return converter.toPayload(value);
  }

  @Override
  public <T> T fromPayload(Payload payload, Class<T> valueClass, Type valueType) {
    return converter.fromPayload(payload, valueClass, valueType);
  }

  @Override
  public Optional<Payloads> toPayloads(Object... values) {
    return converter.toPayloads(values);
  }

  @Override
  public <T> T fromPayloads(
      int index, Optional<Payloads> content, Class<T> valueType, Type valueGenericType) {
    return converter.fromPayloads(index, content, valueType, valueGenericType);
  }
}
