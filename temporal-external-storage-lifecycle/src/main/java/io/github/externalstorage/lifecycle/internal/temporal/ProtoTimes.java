package io.github.externalstorage.lifecycle.internal.temporal;

import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.time.Instant;

/** Times in the messages of the API, which are zero if they are not set. */
public final class ProtoTimes {

  private ProtoTimes() {}

  public static Duration duration(com.google.protobuf.Duration duration) {
    return Duration.ofSeconds(duration.getSeconds(), duration.getNanos());
  }

  public static boolean isPositive(com.google.protobuf.Duration duration) {
    return duration.getSeconds() > 0 || duration.getNanos() > 0;
  }

  public static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }
}
