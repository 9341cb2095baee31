package io.github.externalstorage.testkit.fault;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;

/**
 * A fault that a {@link FaultProxy} injects into a request. "The body" is the one that contains the
 * object: the request body of PUT and POST, otherwise the response body. Immutable.
 */
public final class Fault {

  private final String name;
  private final Injection injection;

  private Fault(String name, Injection injection) {
    this.name = name;
    this.injection = injection;
  }

  private static Fault inBody(String name, Sender sender) {
    return new Fault(name, exchange -> exchange.pass(sender));
  }

  /**
   * Responds with an error in S3's format. The server does not receive the request.
   *
   * @param status the HTTP status, 300 to 599
   * @param code the S3 error code, such as {@code SlowDown}
   */
  public static Fault status(int status, String code) {
    if (status < 300 || status > 599) {
      throw new IllegalArgumentException("status must be from 300 to 599: " + status);
    }
    return new Fault(
        "status(%s, %s)".formatted(status, code),
        exchange -> exchange.respondWithoutServer(HttpMessage.error(status, code)));
  }

  /** The server processes the request, then the connection is reset without a response. */
  public static Fault lostAnswer() {
    return new Fault("lostAnswer", Exchange::loseResponse);
  }

  /** The connection is reset between the head and the body. */
  public static Fault resetBeforeBody() {
    return inBody(
        "resetBeforeBody",
        (message, to) -> {
          to.write(message.head());
          throw reset();
        });
  }

  /** The connection is reset in the middle of the body. */
  public static Fault resetInsideBody() {
    return inBody(
        "resetInsideBody",
        (message, to) -> {
          to.write(message.head());
          message.copyBody(message.length() / 2, to);
          throw reset();
        });
  }

  /** The second half of the body is missing, although the head announces it. */
  public static Fault truncatedBody() {
    return inBody(
        "truncatedBody",
        (message, to) -> {
          to.write(message.head());
          message.copyBody(message.length() / 2, to);
          to.end();
        });
  }

  /** The second half of the body is missing, and the head announces no more than the first. */
  public static Fault truncatedBodyAndLength() {
    return inBody(
        "truncatedBodyAndLength",
        (message, to) -> {
          long half = message.length() / 2;
          to.write(message.headWithLength(half));
          message.copyBody(half, to);
          to.end();
        });
  }

  /** One bit in the middle of the body is flipped. */
  public static Fault flippedBit() {
    return inBody(
        "flippedBit",
        (message, to) -> {
          to.write(message.head());
          message.copyBody(message.length() / 2, to);
          message.copyFlippedByte(to);
          message.copyBody(Long.MAX_VALUE, to);
        });
  }

  /**
   * The request is delayed, then processed normally.
   *
   * @param duration the delay; positive
   */
  public static Fault stall(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("duration must be positive: " + duration);
    }
    return new Fault(
        "stall(%s)".formatted(duration),
        exchange -> {
          Thread.sleep(duration.toMillis());
          exchange.pass(Sender.WHOLE);
        });
  }

  /**
   * The body is sent slowly, but steadily.
   *
   * @param bytesPerSecond the rate; at least 10
   */
  public static Fault trickle(int bytesPerSecond) {
    if (bytesPerSecond < 10) {
      throw new IllegalArgumentException("bytesPerSecond must be at least 10: " + bytesPerSecond);
    }
    return inBody(
        "trickle(%s)".formatted(bytesPerSecond),
        (message, to) -> {
          to.write(message.head());
          while (message.copyBody(bytesPerSecond / 10, to) > 0) {
            Thread.sleep(100);
          }
        });
  }

  void inject(Exchange exchange) throws IOException, InterruptedException {
    injection.inject(exchange);
  }

  /** The name and arguments of the method that created this fault. */
  @Override
  public String toString() {
    return name;
  }

  private static IOException reset() {
    return new SocketException("Reset on purpose");
  }

  @FunctionalInterface
  private interface Injection {
    void inject(Exchange exchange) throws IOException, InterruptedException;
  }
}
