package io.github.externalstorage.cli.codecserver;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.TestCertificate;
import io.github.externalstorage.fixtures.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Connections that send without a pause, so that there is always something to read from them. */
final class Http2FloodTest {

  /** More than the server has threads that read. */
  private static final int CLIENTS = 12;

  private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(US_ASCII);
  private static final byte[] SETTINGS = frame(4);

  /** Lets the server send one more byte: allowed more than two thousand million times. */
  private static final byte[] WINDOW_UPDATE = frame(8, 0, 0, 0, 1);

  private static final int FRAMES = 1000;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CountDownLatch flooding = new CountDownLatch(CLIENTS);
  private volatile boolean ended;

  @Test
  void othersAreServed(@TempDir Path folder) throws Exception {
    TestCertificate certificate = TestCertificate.make(folder, "EC");
    certificate.write(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    TlsKeys keys = TlsKeys.load(folder.resolve("tls.crt"), folder.resolve("tls.key"));
    SSLContext tls = TestCertificate.trusting(certificate);
    HttpClient http = HttpClient.newBuilder().sslContext(tls).build();
    try (TestServer server =
        JettyProtocolTest.start(InMemoryStorageDriver.newBuilder().build(), Optional.of(keys))) {
      try {
        for (int i = 0; i < CLIENTS; i++) {
          threads.execute(() -> flood(tls, server.port()));
        }
        flooding.await();

        assertThat(CodecClient.https(http, server.port()).status("/decode")).isEqualTo(200);
      } finally {
        ended = true;
        threads.shutdown();
      }
    }
  }

  private void flood(SSLContext tls, int port) {
    ByteBuffer frames = ByteBuffer.allocate(FRAMES * WINDOW_UPDATE.length);
    while (frames.hasRemaining()) {
      frames.put(WINDOW_UPDATE);
    }
    try (SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {"h2"});
      socket.setSSLParameters(parameters);
      OutputStream out = socket.getOutputStream();
      out.write(PREFACE);
      out.write(SETTINGS);
      out.write(frames.array());
      flooding.countDown();
      while (!ended) {
        out.write(frames.array());
      }
    } catch (IOException e) {
      // The server may have had enough.
      flooding.countDown();
    }
  }

  private static byte[] frame(int type, int... payload) {
    ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
    frame.put(2, (byte) payload.length).put(3, (byte) type).position(9);
    for (int b : payload) {
      frame.put((byte) b);
    }
    return frame.array();
  }
}
