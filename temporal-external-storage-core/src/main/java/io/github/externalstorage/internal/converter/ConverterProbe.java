package io.github.externalstorage.internal.converter;

import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Finds out where in a data converter the storage codec stands, by sending a value through: chains
 * of converters can't be looked into.
 */
public final class ConverterProbe {

  /** Where the storage codec stands. */
  enum Position {
    /** Nowhere, or the converter does not take the value that is sent through. */
    ABSENT,
    /** Nothing runs after it. */
    LAST,
    /** Something changes what it returned, or tries to. */
    NOT_LAST
  }

  /** Spares the codec a thread-local look-up for every payload. */
  private static final AtomicInteger RUNNING = new AtomicInteger();

  private static final ThreadLocal<@Nullable ConverterProbe> CURRENT = new ThreadLocal<>();

  private @Nullable Payload seen;

  private ConverterProbe() {}

  static Position locate(DataConverter converter) {
    ConverterProbe probe = new ConverterProbe();
    RUNNING.incrementAndGet();
    CURRENT.set(probe);
    try {
      Optional<Payload> converted = converter.toPayload("");
      if (probe.seen == null) {
        return Position.ABSENT;
      }
      return probe.seen.equals(converted.orElse(null)) ? Position.LAST : Position.NOT_LAST;
    } catch (RuntimeException e) {
      return probe.seen == null ? Position.ABSENT : Position.NOT_LAST;
    } finally {
      CURRENT.remove();
      RUNNING.decrementAndGet();
    }
  }

  /** Whether the storage codec is being looked for; then it lets the payload pass as it is. */
  public static boolean sees(List<Payload> payloads) {
    if (RUNNING.get() == 0) {
      return false;
    }
    ConverterProbe probe = CURRENT.get();
    if (probe == null) {
      return false;
    }
    probe.seen = payloads.get(0);
    return true;
  }
}
