package io.github.externalstorage.driver;

/** Leave to hold bytes in memory, until it is closed. Closing again does nothing. */
@FunctionalInterface
public interface Reservation extends AutoCloseable {
  @Override
  void close();
}
