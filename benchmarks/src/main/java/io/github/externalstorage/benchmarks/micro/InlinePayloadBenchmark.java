package io.github.externalstorage.benchmarks.micro;

import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A payload that stays inline, with a serialization context, as for most payloads that the SDK
 * converts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class InlinePayloadBenchmark {

  /** Bytes, so that the bare converter's own cost does not hide the added cost. */
  private static final byte[] VALUE = new byte[1024];

  @Param({"BARE", "NATIVE", "CODEC"})
  public Converters converters = Converters.BARE;

  private final SerializationContext context =
      new WorkflowSerializationContext("default", "external-storage-1");
  private DataConverter converter = Converters.BARE.create();
  private Optional<Payloads> payloads = Optional.empty();

  @Setup
  public void convert() {
    converter = converters.create();
    payloads = encode();
  }

  @Benchmark
  public Optional<Payloads> encode() {
    return converter.withContext(context).toPayloads(VALUE);
  }

  @Benchmark
  public Optional<Payload> encodeOne() {
    return converter.withContext(context).toPayload(VALUE);
  }

  @Benchmark
  public byte[] decode() {
    return converter.withContext(context).fromPayloads(0, payloads, byte[].class, byte[].class);
  }
}
