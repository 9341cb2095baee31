package io.github.externalstorage.lifecycle.internal.temporal;

import com.google.common.collect.AbstractIterator;
import com.google.protobuf.ByteString;
import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A page of a list of the server.
 *
 * @param next the token of the next one; empty if this is the last
 */
public record Page<T>(List<T> items, ByteString next) {

  <R> Page<R> map(Function<T, R> mapping) {
    return new Page<>(items.stream().map(mapping).toList(), next);
  }

  /**
   * The items of all pages, each of which is requested when it is needed.
   *
   * @param list returns the page for a token; that of the first page is empty
   */
  public static <T> Iterable<List<T>> all(Function<ByteString, Page<T>> list) {
    return () ->
        new AbstractIterator<>() {
          private ByteString token = ByteString.EMPTY;
          private boolean isLast;

          @Override
          protected @Nullable List<T> computeNext() {
            if (isLast) {
              return endOfData();
            }
            Page<T> page = list.apply(token);
            token = page.next();
            isLast = token.isEmpty();
            return page.items();
          }
        };
  }

  /**
   * Requests a page of what older servers may not have.
   *
   * @param unsupported is called if the server has nothing of the kind; the page is empty then
   */
  public static <T> Page<T> ifSupported(
      Kind kind, ByteString token, Function<ByteString, Page<T>> list, Consumer<Kind> unsupported) {
    try {
      return list.apply(token);
    } catch (StatusRuntimeException e) {
      if (kind != Kind.WORKFLOW
          && token.isEmpty()
          && e.getStatus().getCode() == Status.Code.UNIMPLEMENTED) {
        unsupported.accept(kind);
        return new Page<>(List.of(), ByteString.EMPTY);
      }
      throw e;
    }
  }
}
