package io.github.externalstorage.worker;

import io.temporal.activity.ActivityInterface;
import java.util.concurrent.atomic.AtomicInteger;

/** One activity with a large result, and one that is given it. */
@ActivityInterface
public interface PipelineActivities {

  String produce();

  int consume(String product);

  /** The implementation; it counts how often each is attempted. */
  final class Impl implements PipelineActivities {

    final AtomicInteger produced = new AtomicInteger();
    final AtomicInteger consumed = new AtomicInteger();

    /** Runs in each attempt, while the workflow waits for it. */
    volatile Runnable meanwhile = () -> {};

    @Override
    public String produce() {
      meanwhile.run();
      produced.incrementAndGet();
      return LargeText.of("product");
    }

    @Override
    public int consume(String product) {
      meanwhile.run();
      consumed.incrementAndGet();
      return product.length();
    }
  }
}
