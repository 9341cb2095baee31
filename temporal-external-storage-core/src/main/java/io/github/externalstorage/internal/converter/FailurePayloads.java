package io.github.externalstorage.internal.converter;

import io.github.externalstorage.internal.messages.PayloadFields;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import java.util.ArrayList;
import java.util.Iterator;
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
    List<Payload> payloads = new ArrayList<>();
    PayloadFields.visit(failure, (path, payload) -> payloads.add(payload));
    List<Payload> replaced = replacement.apply(payloads);
    if (replaced == payloads) {
      return failure;
    }
    Iterator<Payload> next = replaced.iterator();
    return (Failure) PayloadFields.replace(failure, payload -> next.next());
  }
}
