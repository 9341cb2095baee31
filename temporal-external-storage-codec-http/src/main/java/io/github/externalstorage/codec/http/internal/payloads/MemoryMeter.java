package io.github.externalstorage.codec.http.internal.payloads;

/** Accounts for the memory that a request holds. */
@FunctionalInterface
public interface MemoryMeter {

  /**
   * Adds bytes that are about to be allocated, and held until the request ends. A negative number
   * means that bytes were released.
   *
   * @throws io.github.externalstorage.codec.http.internal.protocol.HttpErrorException 413 or 503 if
   *     there is no room for them
   */
  void add(long bytes);
}
