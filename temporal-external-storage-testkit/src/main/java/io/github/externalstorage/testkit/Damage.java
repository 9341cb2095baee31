package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import java.util.function.UnaryOperator;

/** Ways in which a stored object can be damaged without the driver's knowledge. */
enum Damage implements UnaryOperator<ByteString> {
  BIT_FLIPPED(
      object -> {
        byte[] bytes = object.toByteArray();
        bytes[bytes.length / 2] ^= 1;
        return ByteString.copyFrom(bytes);
      }),
  LAST_BYTE_LOST(object -> object.substring(0, object.size() - 1)),
  HALF_LOST(object -> object.substring(0, object.size() / 2)),
  EMPTIED(object -> ByteString.EMPTY),
  BYTE_APPENDED(object -> object.concat(ByteString.copyFrom(new byte[1]))),
  NOT_A_PAYLOAD(object -> ByteString.copyFromUtf8("<html>Bad Gateway</html>")),
  ANOTHER_PAYLOAD(object -> SamplePayloads.ofDataSize(100).toByteString());

  @SuppressWarnings("ImmutableEnumChecker") // The functions have no state.
  private final UnaryOperator<ByteString> change;

  Damage(UnaryOperator<ByteString> change) {
    this.change = change;
  }

  @Override
  public ByteString apply(ByteString object) {
    return change.apply(object);
  }
}
