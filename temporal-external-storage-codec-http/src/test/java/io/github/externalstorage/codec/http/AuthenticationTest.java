package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.github.externalstorage.codec.http.spi.CodecAuthenticationRequest;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Authenticated;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Forbidden;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Unauthenticated;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import io.github.externalstorage.codec.http.spi.CodecRequestEvent;
import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.CodecClient;
import io.github.externalstorage.fixtures.RawClient;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AuthenticationTest {

  private static final String BODY = toJson(json("1"));

  private final List<CodecAuthenticationRequest> asked = new CopyOnWriteArrayList<>();
  private final List<CodecRequestEvent> completed = new CopyOnWriteArrayList<>();
  private CodecServer server;
  private CodecClient client;

  @BeforeEach
  void start() throws IOException {
    server =
        Wiring.start(
            Wiring.handler(Wiring.codec(InMemoryStorageDriver.newBuilder().build()))
                .setListener(completed::add)
                .setAuthenticator(this::authenticate));
    client = new CodecClient(server.getPort());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private CodecAuthenticationResult authenticate(CodecAuthenticationRequest request) {
    asked.add(request);
    return switch (String.join(",", request.getHeaders("authorization"))) {
      case "Bearer reader" ->
          request.getOperation() == CodecOperation.ENCODE
              ? new Forbidden("alice", "Alice may only read")
              : new Authenticated("alice");
      case "Bearer defect" -> throw new IllegalStateException("a secret");
      default -> new Unauthenticated("Log in first");
    };
  }

  @Test
  void knownCallersAreServed() {
    assertThat(post("/decode", "Bearer reader", BODY).statusCode()).isEqualTo(200);
    assertThat(asked)
        .singleElement()
        .satisfies(
            request -> {
              assertThat(request.getOperation()).isEqualTo(CodecOperation.DECODE);
              assertThat(request.getNamespace()).contains("default");
            });
  }

  @Test
  void unknownCallersGet401InJson() {
    HttpResponse<String> response = post("/decode", "Bearer stranger", BODY);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.body()).isEqualTo("{\"error\":\"Log in first\"}");
    assertThat(response.headers().firstValue("WWW-Authenticate")).contains("Bearer");
  }

  @Test
  void callersWithoutPermissionAreForbidden() {
    HttpResponse<String> response = post("/encode", "Bearer reader", BODY);

    assertThat(response.statusCode()).isEqualTo(403);
    assertThat(response.body()).isEqualTo("{\"error\":\"Alice may only read\"}");
  }

  @Test
  void aFailingAuthenticatorRejectsRequestsWithoutDetails() {
    HttpResponse<String> response = post("/decode", "Bearer defect", BODY);

    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void namespacesCannotBeProbedWithoutAToken() {
    HttpResponse<String> response =
        client.post("/decode", BODY, "X-Namespace", "unknown", "Authorization", "Bearer x");

    assertThat(response.statusCode()).isEqualTo(401);
  }

  @Test
  void nothingIsReadOfABodyBefore() throws IOException {
    try (RawClient raw = new RawClient(server.getPort())) {
      raw.send("POST /decode HTTP/1.1", "Host: localhost", "Content-Length: 1000000", "");

      assertThat(raw.readResponse()).startsWith("HTTP/1.1 401 ");
    }
  }

  @Test
  void subjectsAreReportedToTheListener() {
    post("/decode", "Bearer reader", BODY);
    post("/encode", "Bearer reader", BODY);
    post("/decode", "Bearer stranger", BODY);
    server.close();

    assertThat(completed)
        .extracting(event -> event.getSubject().orElse("-"), CodecRequestEvent::getStatus)
        .containsExactly(tuple("alice", 200), tuple("alice", 403), tuple("-", 401));
  }

  @Test
  void withoutAnAuthenticatorOtherMachinesAreNotServed() {
    CodecHandler open =
        Wiring.handler(Wiring.codec(InMemoryStorageDriver.newBuilder().build())).build();

    assertThatThrownBy(() -> CodecServer.newBuilder(open).setHost("0.0.0.0").setPort(0).start())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("0.0.0.0")
        .hasMessageContaining("setUnauthenticatedAllowed");
  }

  private HttpResponse<String> post(String path, String authorization, String body) {
    return client.post(path, body, "Authorization", authorization);
  }
}
