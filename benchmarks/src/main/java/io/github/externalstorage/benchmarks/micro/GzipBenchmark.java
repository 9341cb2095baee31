package io.github.externalstorage.benchmarks.micro;

import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.examples.fulfillment.OrderActivities;
import io.github.externalstorage.examples.fulfillment.Orders.OrderBatchRequest;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DefaultDataConverter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The 200 orders of the example: about 680 KB of JSON. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class GzipBenchmark {

  @Param({"1", "6"})
  public int level = 1;

  private final List<Payload> orders =
      List.of(
          DefaultDataConverter.STANDARD_INSTANCE
              .toPayload(
                  new OrderActivities.Impl().fetchOrders(new OrderBatchRequest("BATCH-1", 200)))
              .orElseThrow());
  private GzipPayloadCodec codec = new GzipPayloadCodec();
  private List<Payload> compressed = List.of();

  @Setup
  public void compress() {
    codec = GzipPayloadCodec.newBuilder().setLevel(level).build();
    compressed = codec.encode(orders);
  }

  @Benchmark
  public List<Payload> encode() {
    return codec.encode(orders);
  }

  @Benchmark
  public List<Payload> decode() {
    return codec.decode(compressed);
  }
}
