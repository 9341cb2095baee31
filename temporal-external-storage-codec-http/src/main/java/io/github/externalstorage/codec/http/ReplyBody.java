package io.github.externalstorage.codec.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * A body whose large binary parts become base64 only while they are sent, so that they are never in
 * memory a second time. Its length is known before.
 */
final class ReplyBody {

  static final ReplyBody EMPTY = of("");

  private static final int CHUNK = 3 * 16 * 1024;

  private final List<Part> parts;
  private final long length;

  private ReplyBody(List<Part> parts) {
    this.parts = parts;
    length = parts.stream().mapToLong(Part::length).sum();
  }

  static ReplyBody of(String text) {
    return new ReplyBody(List.of(new Text(ByteString.copyFromUtf8(text))));
  }

  /** The bytes that {@link #writeTo} writes. */
  long length() {
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    for (Part part : parts) {
      part.writeTo(out);
    }
  }

  private sealed interface Part {
    long length();

    void writeTo(OutputStream out) throws IOException;
  }

  private record Text(ByteString bytes) implements Part {
    @Override
    public long length() {
      return bytes.size();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      bytes.writeTo(out);
    }
  }

  private record Binary(ByteString data) implements Part {
    @Override
    public long length() {
      return 4 * ((data.size() + 2L) / 3);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      byte[] chunk = new byte[CHUNK];
      byte[] encoded = new byte[CHUNK / 3 * 4];
      for (int i = 0; i < data.size(); i += CHUNK) {
        int size = Math.min(CHUNK, data.size() - i);
        data.substring(i, i + size).copyTo(chunk, 0);
        byte[] source = size == CHUNK ? chunk : Arrays.copyOf(chunk, size);
        out.write(encoded, 0, Base64.getEncoder().encode(source, encoded));
      }
    }
  }

  /** Puts a body together. */
  static final class Builder {

    private final List<Part> parts = new ArrayList<>();
    private final ByteString.Output text = ByteString.newOutput();

    Builder text(String string) {
      append(string.getBytes(UTF_8));
      return this;
    }

    /** The data in base64 (RFC 4648, section 4). */
    Builder base64(ByteString data) {
      if (data.size() <= CHUNK) {
        append(Base64.getEncoder().encode(data.toByteArray()));
      } else {
        endText();
        parts.add(new Binary(data));
      }
      return this;
    }

    ReplyBody build() {
      endText();
      return new ReplyBody(List.copyOf(parts));
    }

    private void append(byte[] bytes) {
      text.write(bytes, 0, bytes.length);
    }

    private void endText() {
      parts.add(new Text(text.toByteString()));
      text.reset();
    }
  }
}
