package io.github.externalstorage.testkit;

import com.google.protobuf.ByteString;
import java.util.function.UnaryOperator;

/** Ways in which a stored object can be damaged without the driver's knowledge. */
enum Damage implements UnaryOperator<ByteString> {
  BIT_FLIPPED {
    @Override
    public ByteString apply(ByteString object) {
      byte[] bytes = object.toByteArray();
      bytes[bytes.length / 2] ^= 1;
      return ByteString.copyFrom(bytes);
    }
  },
  LAST_BYTE_LOST {
    @Override
    public ByteString apply(ByteString object) {
      return object.substring(0, object.size() - 1);
    }
  },
  HALF_LOST {
    @Override
    public ByteString apply(ByteString object) {
      return object.substring(0, object.size() / 2);
    }
  },
  EMPTIED {
    @Override
    public ByteString apply(ByteString object) {
      return ByteString.EMPTY;
    }
  },
  BYTE_APPENDED {
    @Override
    public ByteString apply(ByteString object) {
      return object.concat(ByteString.copyFrom(new byte[1]));
    }
  },
  NOT_A_PAYLOAD {
    @Override
    public ByteString apply(ByteString object) {
      return ByteString.copyFromUtf8("<html>Bad Gateway</html>");
    }
  },
  ANOTHER_PAYLOAD {
    @Override
    public ByteString apply(ByteString object) {
      return SamplePayloads.ofDataSize(100).toByteString();
    }
  }
}
