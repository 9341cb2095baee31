package io.github.externalstorage.lifecycle.internal.marks;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.protobuf.ByteString;
import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages.Item;

/** What stands for a key or a run in the state file: 16 bytes of a SHA-256. */
final class KeyHash {

  private static final int BYTES = 16;

  private KeyHash() {}

  /** The hash of an object's key. Two keys with one hash would only mean that one is kept. */
  static ByteString ofKey(String key) {
    return shorten(Hashing.sha256().hashString(key, UTF_8));
  }

  /** The hash of a workflow run, and of how it was closed. */
  static ByteString ofRun(Item item) {
    PayloadLocation run = item.location();
    return shorten(
        Hashing.sha256()
            .newHasher()
            .putInt(run.namespace().length())
            .putString(run.namespace(), UTF_8)
            .putInt(run.id().length())
            .putString(run.id(), UTF_8)
            .putInt(run.runId().length())
            .putString(run.runId(), UTF_8)
            .putString(item.ending(), UTF_8)
            .hash());
  }

  private static ByteString shorten(HashCode hash) {
    return ByteString.copyFrom(hash.asBytes(), 0, BYTES);
  }
}
