package io.github.externalstorage.testkit.fault;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides whether and how each request of a {@link FaultProxy} fails. Implementations must be
 * thread-safe. Called once per request.
 */
@FunctionalInterface
public interface FaultPlan {

  /**
   * Returns the fault for the next request.
   *
   * @param method the HTTP method, such as {@code PUT}
   * @param path the path and query
   * @return the fault; empty if the request succeeds
   */
  Optional<Fault> next(String method, String path);

  /** Every request succeeds. */
  static FaultPlan none() {
    return (method, path) -> Optional.empty();
  }

  /** Every request fails. */
  static FaultPlan always(Fault fault) {
    return (method, path) -> Optional.of(fault);
  }

  /**
   * The next {@code count} requests fail, all later ones succeed.
   *
   * @param count the number of requests that fail; at least 0
   */
  static FaultPlan first(int count, Fault fault) {
    if (count < 0) {
      throw new IllegalArgumentException("count must not be negative: " + count);
    }
    AtomicInteger left = new AtomicInteger(count);
    return (method, path) ->
        left.getAndUpdate(it -> Math.max(0, it - 1)) > 0 ? Optional.of(fault) : Optional.empty();
  }

  /**
   * Requests fail at random. Equal seeds give the same sequence of decisions; the order of the
   * requests depends on the client.
   *
   * @param seed the seed of the random numbers
   * @param probability the probability that a request fails, from 0 to 1
   * @param faults the possible faults, all equally likely; not empty
   */
  static FaultPlan random(long seed, double probability, List<Fault> faults) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability must be from 0 to 1: " + probability);
    }
    if (faults.isEmpty()) {
      throw new IllegalArgumentException("faults must not be empty");
    }
    List<Fault> choice = List.copyOf(faults);
    Random random = new Random(seed);
    return (method, path) -> {
      synchronized (random) {
        return random.nextDouble() < probability
            ? Optional.of(choice.get(random.nextInt(choice.size())))
            : Optional.empty();
      }
    };
  }

  /**
   * Applies this plan only to requests with one method. Other requests succeed and are not counted.
   *
   * @param onlyMethod the HTTP method, such as {@code GET}
   */
  default FaultPlan onlyFor(String onlyMethod) {
    return (method, path) -> method.equals(onlyMethod) ? next(method, path) : Optional.empty();
  }

  /** Applies another plan to the requests that succeed under this plan. */
  default FaultPlan or(FaultPlan other) {
    return (method, path) -> next(method, path).or(() -> other.next(method, path));
  }
}
