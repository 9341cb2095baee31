package io.github.externalstorage;

import com.google.protobuf.ByteString;
import java.util.List;

/** Damages bytes as given by numbers, so that a property-based test can shrink them. */
public final class Edits {

  private Edits() {}

  /** The data after each edit: a byte is changed, removed or inserted, or the rest is cut off. */
  public static ByteString apply(ByteString data, List<Integer> edits) {
    ByteString result = data;
    for (int edit : edits) {
      result = apply(result, edit);
    }
    return result;
  }

  private static ByteString apply(ByteString data, int edit) {
    int at = Math.floorMod(edit >> 10, data.size() + 1);
    ByteString value = ByteString.copyFrom(new byte[] {(byte) (edit >> 2)});
    ByteString before = data.substring(0, at);
    ByteString after = data.substring(Math.min(at + 1, data.size()));
    return switch (edit & 3) {
      case 0 -> before.concat(value).concat(after);
      case 1 -> before.concat(after);
      case 2 -> before.concat(value).concat(data.substring(at));
      default -> (edit & 32) == 0 ? before : before.concat(value).concat(after);
    };
  }
}
