package io.github.externalstorage.testkit.fault;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Decides for each request of a {@link FaultProxy} whether it fails, and how. Called by several
 * threads, once per request.
 */
@FunctionalInterface
public interface FaultPlan {

  /**
   * The fault of the next request.
   *
   * @param method the HTTP method, such as {@code PUT}
   * @param path the path and query
   * @return empty if the request is to be served
   */
  Optional<Fault> next(String method, String path);

  /** Every request is served. */
  static FaultPlan none() {
    return (method, path) -> Optional.empty();
  }

  /** Every request fails. */
  static FaultPlan always(Fault fault) {
    return (method, path) -> Optional.of(fault);
  }

  /**
   * The next requests fail, then all are served.
   *
   * @param count how many fail; at least 0
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
   * Requests fail at random. Equal seeds make the same decisions in the same order; which request
   * comes when is up to the client.
   *
   * @param seed of the random numbers
   * @param probability that a request fails, from 0 to 1
   * @param faults what may happen, each as likely as the others; not empty
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
   * This plan for the requests of one method, which alone are counted; the others are served.
   *
   * @param onlyMethod the HTTP method, such as {@code GET}
   */
  default FaultPlan onlyFor(String onlyMethod) {
    return (method, path) -> method.equals(onlyMethod) ? next(method, path) : Optional.empty();
  }

  /** The other plan decides on what this one would serve. */
  default FaultPlan or(FaultPlan other) {
    return (method, path) -> next(method, path).or(() -> other.next(method, path));
  }
}
