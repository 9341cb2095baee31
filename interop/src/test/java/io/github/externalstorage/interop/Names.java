package io.github.externalstorage.interop;

import java.util.concurrent.atomic.AtomicLong;

/** Names that are new even on servers that an earlier run has used. */
final class Names {

  private static final AtomicLong LAST = new AtomicLong(System.currentTimeMillis());

  private Names() {}

  static String unique(String name) {
    return name + "-" + LAST.incrementAndGet();
  }
}
