package io.github.externalstorage.codec.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The body of a request, which ends where the request ends. */
abstract sealed class BodyInput extends InputStream permits FixedLengthInput, ChunkedInput {

  /**
   * The body that a head announces.
   *
   * @throws Refusal if that can be understood in two ways
   */
  static BodyInput of(RequestHead head, InputStream in) {
    List<String> lengths = head.headers().getOrDefault("Content-Length", List.of());
    List<String> encodings = head.headers().getOrDefault("Transfer-Encoding", List.of());
    if (encodings.isEmpty()) {
      return new FixedLengthInput(in, length(lengths));
    }
    if (!lengths.isEmpty() || head.minorVersion() == 0) {
      throw Refusal.malformed("There is a Transfer-Encoding beside another way to tell the length");
    }
    if (encodings.size() > 1 || !encodings.get(0).equalsIgnoreCase("chunked")) {
      throw new Refusal(501, "The only Transfer-Encoding served here is chunked");
    }
    return new ChunkedInput(in);
  }

  private static long length(List<String> lengths) {
    if (lengths.isEmpty()) {
      return 0;
    }
    if (lengths.size() > 1 || !lengths.get(0).matches("[0-9]{1,18}")) {
      throw Refusal.malformed("The Content-Length is malformed");
    }
    return Long.parseLong(lengths.get(0));
  }

  /** The bytes still to be read; {@link Long#MAX_VALUE} if that is not known. */
  abstract long remaining();

  @Override
  public int read() throws IOException {
    byte[] single = new byte[1];
    return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
  }

  @Override
  public abstract int read(byte[] bytes, int offset, int length) throws IOException;
}
