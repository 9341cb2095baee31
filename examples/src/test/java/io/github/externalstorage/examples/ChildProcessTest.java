package io.github.externalstorage.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.InProcessTestServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What only a separate process can show: that and how it ends, and that nothing else is printed.
 */
final class ChildProcessTest {

  /** The exit code of a process that was terminated: 128 + SIGTERM. */
  private static final int TERMINATED = 143;

  @TempDir Path directory;

  @Test
  void runsTheDemoToItsEnd() throws Exception {
    try (ChildProcess demo = ChildProcess.start(directory, Map.of())) {
      assertThat(demo.rest())
          .matches(
              Pattern.compile(
                  """
                  Starting workflow external-storage-(\\d{8}-\\d{6}) \\(batch_id=BATCH-\\1, order_count=200\\)

                  Batch BATCH-\\1: 200 orders processed
                    Total shipping cost: \\$[\\d,]+\\.\\d\\d
                    Total weight:        [\\d,]+\\.\\d kg
                    Avg delivery:        \\d\\.\\d days

                   +Event +Payload +Bytes +In history +Where
                  .*\\R
                  S3 object 1 = v0/ns/default/wt/ProcessOrderBatchWorkflow/wi/external-storage-\\1/\\S+
                  External storage keeps [78]\\d\\d,\\d\\d\\d bytes out of the history\\.
                  """,
                  Pattern.DOTALL));
      assertThat(demo.exitCode()).isZero();
      assertThat(demo.errors()).isEmpty();
    }
  }

  @Test
  void runsTheDemoOnFiles() throws Exception {
    Path payloads = directory.resolve("payloads");
    try (ChildProcess demo =
        ChildProcess.start(directory, Map.of(), "demo", "--storage", "file:" + payloads)) {
      String out = demo.rest();
      assertThat(out).contains(": 200 orders processed");
      String key = out.substring(out.indexOf("file 1 = ") + 9).lines().findFirst().orElseThrow();
      assertThat(payloads.resolve(key)).isRegularFile();
      assertThat(demo.exitCode()).isZero();
      assertThat(demo.errors()).isEmpty();
    }
  }

  @Test
  void servesUntilItIsStopped() throws Exception {
    try (ChildProcess s3 = ChildProcess.start(directory, Map.of(), "s3", "--port", "0")) {
      assertThat(s3.nextLine())
          .matches(
              "S3 is at http://127\\.0\\.0\\.1:\\d+ with bucket 'temporal-payloads', Ctrl-C to stop");
      assertThat(s3.nextLine()).startsWith("Worker and starter need S3_ENDPOINT=http://127.0.0.1:");
      s3.stop();
      assertThat(s3.rest()).isEqualToNormalizingNewlines("S3 stopped\n");
      assertThat(s3.exitCode()).isEqualTo(TERMINATED);
      assertThat(s3.errors()).isEmpty();
    }
  }

  @Test
  void mayBeStoppedAsSoonAsItSaysSo() throws Exception {
    try (ChildProcess s3 =
        ChildProcess.start(StoppedWhilePrinting.class, directory, Map.of(), "s3", "--port", "0")) {
      assertThat(s3.nextLine()).contains("Ctrl-C to stop");
      s3.stop();
      assertThat(s3.rest()).endsWith("S3 stopped" + System.lineSeparator());
      assertThat(s3.exitCode()).isEqualTo(TERMINATED);
      assertThat(s3.errors()).isEmpty();
    }
  }

  @Test
  void fails() throws Exception {
    Map<String, String> environment = Map.of("S3_ENDPOINT", "here");
    try (ChildProcess s3 = ChildProcess.start(directory, environment, "s3")) {
      assertThat(s3.exitCode()).isEqualTo(1);
      assertThat(s3.rest()).isEmpty();
      assertThat(s3.errors())
          .containsExactly("S3_ENDPOINT is 'here': set it to a URL such as http://localhost:5000");
    }
  }

  @Test
  void processesWhatAStarterSends() throws Exception {
    try (LocalS3 s3 = LocalS3.start(0, "temporal-payloads")) {
      assertProcessesWhatAStarterSends("S3_ENDPOINT", s3.endpoint().toString());
    }
  }

  @Test
  void processesWhatAStarterSendsOnFiles() throws Exception {
    Path payloads = directory.resolve("payloads");

    assertProcessesWhatAStarterSends("STORAGE", payloads.toUri().toString());

    assertThat(payloads.resolve("v0/ns/default")).isDirectory();
  }

  private void assertProcessesWhatAStarterSends(String variable, String value) throws Exception {
    try (InProcessTestServer temporal = TestServer.createServer()) {
      Server server = listen(temporal);
      Map<String, String> environment =
          Map.of(
              "TEMPORAL_CONFIG_FILE",
              "no-such-file",
              "TEMPORAL_ADDRESS",
              "127.0.0.1:" + server.getPort(),
              variable,
              value);
      try (ChildProcess worker = ChildProcess.start(directory, environment, "worker")) {
        assertThat(worker.nextLine()).isEqualTo("Worker started, Ctrl-C to stop");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertThat(Main.run(environment, new PrintWriter(out), new PrintWriter(err), "starter"))
            .isZero();
        assertThat(out.toString()).contains(": 200 orders processed").hasLineCount(6);
        assertThat(err.toString()).isEmpty();
        worker.stop();
        assertThat(worker.rest()).isEqualToNormalizingNewlines("Worker stopped\n");
        assertThat(worker.exitCode()).isEqualTo(TERMINATED);
        assertThat(worker.errors()).isEmpty();
      } finally {
        server.shutdownNow().awaitTermination();
      }
    }
  }

  /** Loopback only: by default, the test server listens on every network interface. */
  @SuppressWarnings("deprecation")
  private static Server listen(InProcessTestServer temporal) throws IOException {
    return NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
        .addService(temporal.getWorkflowService())
        .build()
        .start();
  }
}
