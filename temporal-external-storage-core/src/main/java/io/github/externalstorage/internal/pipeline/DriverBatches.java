package io.github.externalstorage.internal.pipeline;

import io.github.externalstorage.driver.CancellationSource;
import io.github.externalstorage.driver.CancellationToken;
import io.github.externalstorage.internal.futures.Futures;
import io.temporal.api.common.v1.Payload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Payloads of one call that are to be replaced, grouped by driver. The drivers run side by side;
 * what they answer goes back to where it came from.
 *
 * @param <T> what a driver is given for each payload
 */
public final class DriverBatches<T> {

  private final List<Payload> payloads;
  private final Map<RegisteredDriver, Batch<T>> batches = new LinkedHashMap<>();

  DriverBatches(List<Payload> payloads) {
    this.payloads = payloads;
  }

  void add(RegisteredDriver driver, int index, T item) {
    batches.computeIfAbsent(driver, Batch::new).add(index, item);
  }

  /**
   * The payloads, those that were added replaced by what the drivers answer. The token given to the
   * drivers is cancelled with {@code parent} and when the call has failed or was cancelled.
   */
  CompletableFuture<List<Payload>> replace(CancellationToken parent, DriverCall<T> call) {
    if (batches.isEmpty()) {
      return CompletableFuture.completedFuture(payloads);
    }
    CancellationSource scope = new CancellationSource();
    Payload[] result = payloads.toArray(new Payload[0]);
    List<CompletableFuture<Batch<T>>> replaced = new ArrayList<>(batches.size());
    for (Batch<T> batch : batches.values()) {
      replaced.add(
          Futures.map(
              Futures.call(() -> call.apply(batch.driver, scope, batch.items)),
              replacements -> batch.putInto(result, replacements)));
    }
    CompletableFuture<List<Payload>> all =
        Futures.map(Futures.allAsList(replaced), done -> List.of(result));
    Futures.onFailure(all, scope::cancel);
    return Futures.cancelOn(parent, all);
  }

  /** One driver's share of a call: its answers in the order of the items. */
  @FunctionalInterface
  interface DriverCall<T> {
    CompletableFuture<List<Payload>> apply(
        RegisteredDriver driver, CancellationToken token, List<T> items);
  }

  private static final class Batch<T> {
    private final RegisteredDriver driver;
    private final List<Integer> indexes = new ArrayList<>();
    private final List<T> items = new ArrayList<>();

    private Batch(RegisteredDriver driver) {
      this.driver = driver;
    }

    private void add(int index, T item) {
      indexes.add(index);
      items.add(item);
    }

    private Batch<T> putInto(Payload[] result, List<Payload> replacements) {
      for (int i = 0; i < indexes.size(); i++) {
        result[indexes.get(i)] = replacements.get(i);
      }
      return this;
    }
  }
}
