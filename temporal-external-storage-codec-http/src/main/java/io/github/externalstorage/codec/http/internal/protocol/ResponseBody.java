package io.github.externalstorage.codec.http.internal.protocol;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** The body of a response, whose length is known before it is written. */
public interface ResponseBody {

  /** The number of bytes that {@link #writeTo} writes. */
  long length();

  void writeTo(OutputStream out) throws IOException;

  static ResponseBody of(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new ResponseBody() {
      @Override
      public long length() {
        return bytes.length;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        out.write(bytes);
      }
    };
  }
}
