package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A configuration that changes while the server runs. */
final class ReloadTest {

  private static final TestTokens issuer = TestTokens.withKey("key");
  private static final String YAML =
      """
      namespaces:
        orders: {bucket: payloads, region: us-east-1}
      metrics: {port: 0}
      jwt:
        keys: keys.json
        issuer: https://id.example.com/
        audience: temporal-codec-server
        groups: {team: [orders:read]}
      """;

  @TempDir private Path folder;
  private TestProgram program;

  @BeforeEach
  void start() throws Exception {
    Files.writeString(folder.resolve("keys.json"), issuer.keys());
    program = TestProgram.start(folder, YAML);
  }

  @AfterEach
  void stop() {
    program.close();
  }

  @Test
  void reloadsNamespacesAndPermissions() throws IOException {
    assertThat(status("orders")).isEqualTo(200);
    assertThat(status("billing")).isEqualTo(403);

    program.rewrite(YAML.replace("orders: {", "billing: {").replace("[orders:read]", "['*:read']"));

    assertThat(status("orders")).isEqualTo(404);
    assertThat(status("billing")).isEqualTo(200);
    assertThat(lastReload()).isEqualTo("1.0");
  }

  @Test
  void keepsWhatItHasWhileTheFileIsWrong() throws IOException {
    program.rewrite(YAML.replace("bucket: payloads", "bucket: p"));

    assertThat(status("orders")).isEqualTo(200);
    assertThat(lastReload()).isEqualTo("0.0");

    program.rewrite("namespaces: [");

    assertThat(status("orders")).isEqualTo(200);
    assertThat(lastReload()).isEqualTo("0.0");

    program.rewrite(YAML);

    assertThat(status("orders")).isEqualTo(200);
    assertThat(lastReload()).isEqualTo("1.0");
  }

  @Test
  void authenticationDoesNotGoAway() throws IOException {
    program.rewrite(YAML.substring(0, YAML.indexOf("jwt:")));

    assertThat(program.client().status("/decode", "X-Namespace", "orders")).isEqualTo(401);
    assertThat(status("orders")).isEqualTo(200);
    assertThat(lastReload()).isEqualTo("0.0");
  }

  @Test
  void reloadsTheRestWhenSomethingNeedsARestart() throws IOException {
    program.rewrite("encode: false\n" + YAML.replace("orders: {", "Orders: {"));

    assertThat(status("orders")).isEqualTo(404);
    assertThat(lastReload()).isEqualTo("1.0");
  }

  @Test
  void readsNothingThatHasNotChanged() {
    var before = program.namespaces();
    program.reload();

    assertThat(program.namespaces()).isSameAs(before);
  }

  private int status(String namespace) {
    String token = issuer.sign(TestTokens.claims().claim("groups", List.of("team")));
    return program
        .client()
        .status("/decode", "X-Namespace", namespace, "Authorization", "Bearer " + token);
  }

  private String lastReload() {
    return program
        .metrics()
        .get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("codec_server_config_last_reload_successful "))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .findFirst()
        .orElseThrow();
  }
}
