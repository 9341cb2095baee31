package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.RawClient;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which web pages may read decoded payloads. */
final class WebPagesTest {

  private static final String UI = "http://localhost:8233";
  private static final String BODY = toJson(json("1"));

  private CodecServer server;
  private CodecClient client;

  @BeforeEach
  void start() throws IOException {
    server =
        Wiring.start(
            Wiring.handler(Wiring.codec(InMemoryStorageDriver.newBuilder().build()))
                .setAllowedOrigins(List.of(UI, "https://temporal.example.com"))
                .setAllowedHosts(List.of("codec.example.com"))
                .setAuthenticator(
                    request -> new CodecAuthenticationResult.Unauthenticated("Log in")));
    client = new CodecClient(server.getPort());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aPreflightNeedsNoAuthentication() {
    HttpResponse<String> response = preflight(UI);

    assertThat(response.statusCode()).isEqualTo(204);
    assertReadableBy(UI, response);
    assertThat(response.headers().firstValue("Access-Control-Allow-Methods")).contains("POST");
    assertThat(response.headers().firstValue("Access-Control-Allow-Headers").orElse("").split(", "))
        .containsExactlyInAnyOrder(
            "content-type",
            "x-namespace",
            "authorization",
            "authorization-extras",
            "x-preserve-storage-refs");
  }

  @Test
  void errorsAreReadableByAllowedPages() {
    assertReadableBy(UI, client.post("/decode", BODY, "Origin", UI));
    assertReadableBy(UI, client.post("/nothing", BODY, "Origin", UI));
    assertReadableBy(UI, client.post("/decode", BODY, "Origin", UI, "X-Namespace", "other"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8234",
        "https://localhost:8233",
        "http://localhost",
        "http://LOCALHOST:8233",
        "http://localhost:8233/",
        "http://localhost:8233.evil.example",
        "https://evil.example",
        "null",
        "*",
      })
  void otherPagesAreRejected(String origin) {
    HttpResponse<String> post = client.post("/decode", BODY, "Origin", origin);

    assertThat(post.statusCode()).isEqualTo(403);
    assertUnreadable(post);
    assertUnreadable(preflight(origin));
  }

  @Test
  void requestsOfNoPageAreJudgedByTheirToken() {
    HttpResponse<String> response = client.post("/decode", BODY);

    assertThat(response.statusCode()).isEqualTo(401);
    assertUnreadable(response);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8081",
        "localhost.evil.example",
        "127.0.0.1.evil",
        ""
      })
  void otherHostsAreRejectedOnLoopback(String host) throws IOException {
    assertThat(statusForHost(host)).isEqualTo("403");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1:8081",
        "127.1.2.3",
        "[::1]:8081",
        "codec.example.com:443"
      })
  void knownHostsAreServedOnLoopback(String host) throws IOException {
    assertThat(statusForHost(host)).as("up to the authenticator").isEqualTo("401");
  }

  private String statusForHost(String host) throws IOException {
    try (RawClient raw = new RawClient(server.getPort())) {
      raw.send("POST /decode HTTP/1.1", "Host: " + host, "Content-Length: 0", "");
      return raw.readResponse().split(" ", 3)[1];
    }
  }

  private HttpResponse<String> preflight(String origin) {
    return client.send(
        client
            .request("/decode")
            .method("OPTIONS", BodyPublishers.noBody())
            .header("Origin", origin)
            .header("Access-Control-Request-Method", "POST")
            .header("Access-Control-Request-Headers", "content-type,x-namespace")
            .build());
  }

  private static void assertReadableBy(String origin, HttpResponse<String> response) {
    assertThat(response.headers().allValues("Access-Control-Allow-Origin")).containsExactly(origin);
    assertThat(response.headers().allValues("Access-Control-Allow-Credentials"))
        .containsExactly("true");
    assertThat(response.headers().allValues("Vary")).containsExactly("Origin");
  }

  private static void assertUnreadable(HttpResponse<String> response) {
    assertThat(response.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-allow-origin"));
    assertThat(response.headers().allValues("Vary")).containsExactly("Origin");
  }
}
