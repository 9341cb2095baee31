package io.github.externalstorage.internal.converter;

import io.github.externalstorage.internal.pipeline.StoragePipeline;
import io.temporal.api.common.v1.Payload;
import io.temporal.common.converter.DataConverter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds the position of the storage codec in a data converter by converting a value, since chains
 * of converters can't be inspected.
 */
final class ConverterProbe {

  /**
   * What was found.
   *
   * @param pipeline that of the storage codec; null if there is none
   */
  record Result(Position position, @Nullable StoragePipeline pipeline) {}

  /** The position of the storage codec. */
  enum Position {
    /** There is none, or the converter can't convert the value. */
    ABSENT,
    /** Nothing runs after it. */
    LAST,
    /** Something changes what it returned, or tries to. */
    NOT_LAST
  }

  /** About as long as a reference, since a codec may ignore what is shorter. */
  private static final String VALUE = "external storage ".repeat(30);

  private static final ThreadLocal<@Nullable ConverterProbe> CURRENT = new ThreadLocal<>();

  private @Nullable Payload seen;
  private @Nullable StoragePipeline pipeline;

  private ConverterProbe() {}

  static Result locate(DataConverter converter) {
    ConverterProbe probe = new ConverterProbe();
    return new Result(probe.send(converter), probe.pipeline);
  }

  private Position send(DataConverter converter) {
    CURRENT.set(this);
    try {
      Optional<Payload> converted = converter.toPayload(VALUE);
      if (seen == null) {
        return Position.ABSENT;
      }
      return seen.equals(converted.orElse(null)) ? Position.LAST : Position.NOT_LAST;
    } catch (NullPointerException e) {
      throw new IllegalStateException(
          "The data converter fails with a NullPointerException; perhaps a plugin before"
              + " ExternalStoragePlugin wraps a data converter that is not set: set one in the"
              + " client's options, as in setDataConverter(DefaultDataConverter.newDefaultInstance())",
          e);
    } catch (RuntimeException e) {
      return seen == null ? Position.ABSENT : Position.NOT_LAST;
    } finally {
      CURRENT.remove();
    }
  }

  /**
   * Records what reaches the storage codec, if a probe runs on this thread.
   *
   * @return whether one runs; then the storage codec must return the payloads unchanged
   */
  static boolean record(StoragePipeline pipeline, List<Payload> payloads) {
    ConverterProbe probe = CURRENT.get();
    if (probe == null) {
      return false;
    }
    probe.seen = payloads.get(0);
    probe.pipeline = pipeline;
    return true;
  }
}
