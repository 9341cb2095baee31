package io.github.externalstorage.benchmarks.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.LockSupport;

/** Delivers chunks in order, each after the same delay, without reducing the throughput. */
final class DelayLine {

  /** Bounds the memory; far more than is in transit at the measured delays. */
  private static final int MAX_CHUNKS = 512;

  private static final Chunk END = new Chunk(new byte[0], -1, 0);

  private final BlockingQueue<Chunk> chunks = new ArrayBlockingQueue<>(MAX_CHUNKS);
  private final OutputStream out;

  DelayLine(OutputStream out) {
    this.out = out;
  }

  void send(byte[] bytes, int length, Duration delay) {
    put(new Chunk(bytes, length, System.nanoTime() + delay.toNanos()));
  }

  void end() {
    put(END);
  }

  /** Delivers until the end, then closes the connection. */
  void run() throws IOException {
    try (out) {
      for (Chunk chunk = chunks.take(); chunk.length >= 0; chunk = chunks.take()) {
        for (long wait = chunk.nanosLeft(); wait > 0; wait = chunk.nanosLeft()) {
          LockSupport.parkNanos(wait);
        }
        out.write(chunk.bytes, 0, chunk.length);
      }
    } catch (InterruptedException e) {
      throw new AssertionError("This thread is never interrupted", e);
    }
  }

  private void put(Chunk chunk) {
    try {
      chunks.put(chunk);
    } catch (InterruptedException e) {
      throw new AssertionError("This thread is never interrupted", e);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Chunk(byte[] bytes, int length, long due) {
    private long nanosLeft() {
      return due - System.nanoTime();
    }
  }
}
