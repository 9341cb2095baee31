package io.github.externalstorage.codec.http;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** What the connections of a server share. */
record ServerContext(
    CodecService service,
    StatusPages pages,
    @Nullable Supplier<SSLContext> tls,
    Duration clientTimeout,
    BooleanSupplier draining) {

  /** The socket that requests are read from: the same, or TLS over it. */
  Socket secure(Socket socket) throws IOException {
    return tls == null ? socket : tls.get().getSocketFactory().createSocket(socket, null, true);
  }
}
