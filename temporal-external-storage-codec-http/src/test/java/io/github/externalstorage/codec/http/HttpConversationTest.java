package io.github.externalstorage.codec.http;

import static io.github.externalstorage.codec.http.TestPayloads.json;
import static io.github.externalstorage.codec.http.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP/1.1 as the server speaks it, byte by byte. */
final class HttpConversationTest {

  private static final String BODY = toJson(json("1"));
  private static final String LENGTH = "Content-Length: " + BODY.length();
  private static final String TYPE = "Content-Type: application/json";
  private static final String HOST = "Host: localhost";
  private static final String NAMESPACE = "X-Namespace: default";

  private CodecServer server;
  private RawClient client;

  @BeforeEach
  void start() throws IOException {
    server = Wiring.start(Wiring.handler(Wiring.codec(InMemoryStorageDriver.newBuilder().build())));
    client = new RawClient(server.getPort());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    server.close();
  }

  private String post(String target, String... furtherHeaders) throws IOException {
    client.send("POST " + target + " HTTP/1.1", HOST, NAMESPACE, TYPE, LENGTH);
    for (String header : furtherHeaders) {
      client.send(header);
    }
    return client.send("").sendText(BODY).readReply();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//decode",
        "//decode?preserveStorageRefs=true",
        "///decode",
        "/a/default//decode",
        "http://localhost:8081/decode",
        "http://localhost//decode?x=y",
      })
  void servesEveryFormOfATarget(String target) throws IOException {
    assertThat(post(target)).startsWith("HTTP/1.1 200 OK\r\n");
  }

  @Test
  void keepsTheConnection() throws IOException {
    assertThat(post("/decode")).contains("200 OK").doesNotContain("Connection: close");
    assertThat(post("/decode")).contains("200 OK");
  }

  @Test
  void keepsTheConnectionAfterASmallBodyThatIsNotWanted() throws IOException {
    assertThat(post("/nothing")).contains("404 Not Found").doesNotContain("Connection: close");
    assertThat(post("/decode")).contains("200 OK");
  }

  @Test
  void closesTheConnectionWhenTheClientWantsIt() throws IOException {
    assertThat(post("/decode", "Connection: close")).contains("Connection: close");
    assertThat(client.readAll()).isEmpty();
  }

  @Test
  void answersRequestsThatWereSentAheadInTheirOrder() throws IOException {
    client
        .send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE, LENGTH, "")
        .sendText(BODY)
        .send("GET /healthz HTTP/1.1", HOST, "");

    assertThat(client.readReply()).contains("200 OK").contains("payloads");
    assertThat(client.readReply()).contains("200 OK").contains("{\"status\":\"ok\"}");
  }

  @Test
  void readsChunks() throws IOException {
    client
        .send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE, "Transfer-Encoding: chunked", "")
        .send("1;name=value", BODY.substring(0, 1))
        .send(Integer.toHexString(BODY.length() - 1), BODY.substring(1))
        .send("0", "Trailer: x", "");

    assertThat(client.readReply()).contains("200 OK");
    assertThat(post("/decode")).as("the next request").contains("200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x\r\n", "-1\r\n", "\r\n", "2\r\n{}}\r\n", "1\n{", "fffffffffffffffff\r\n"})
  void refusesMalformedChunks(String chunk) throws IOException {
    client
        .send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE, "Transfer-Encoding: chunked", "")
        .sendText(chunk + "0\r\n\r\n");

    assertThat(client.readReply()).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void letsTheClientSendABodyThatItHoldsBack() throws IOException {
    client.send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE, LENGTH, "Expect: 100-continue", "");

    assertThat(client.readReply()).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");
    assertThat(client.sendText(BODY).readReply()).contains("200 OK");
  }

  @Test
  void doesNotAskForABodyThatItDoesNotWant() throws IOException {
    client.send("POST /nothing HTTP/1.1", HOST, LENGTH, "Expect: 100-continue", "");

    assertThat(client.readAll()).startsWith("HTTP/1.1 404 ").contains("Connection: close");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | POST /decode",
        "400 | POST decode HTTP/1.1",
        "400 | POST /decode HTTP/1.1 x",
        "400 | POST /de\u0001code HTTP/1.1",
        "400 | POST /decode#x HTTP/1.1",
        "400 | P(ST /decode HTTP/1.1",
        "400 | POST /decode HTTP/1.x",
        "400 | POST /decode HTTP/-1.1",
        "400 | GET http://localhost/a#b HTTP/1.1",
        "505 | POST /decode HTTP/2.0",
        "404 | POST * HTTP/1.1",
      })
  void refusesMalformedRequestLines(int status, String requestLine) throws IOException {
    client.send(requestLine, HOST, "");

    assertThat(client.readReply()).startsWith("HTTP/1.1 " + status + " ").contains("{\"error\":");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | Content-Length: x",
        "400 | Content-Length: -1",
        "400 | Content-Length: 1, 1",
        "400 | Content-Length: 99999999999999999999",
        "400 | Transfer-Encoding: chunked",
        "400 | Content-Length : 5",
        "400 | ' folded'",
        "400 | no colon",
        "400 | X: a\u0001b",
        "400 | (X): a",
        "400 | Host: another",
      })
  void refusesHeadersThatCanBeUnderstoodInTwoWays(int status, String header) throws IOException {
    client.send("POST /decode HTTP/1.1", HOST, "Content-Length: 5", header, "").sendText("12345");

    assertThat(client.readReply()).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void refusesALengthThatOthersMayReadInAnotherWay() throws IOException {
    client.send("POST /decode HTTP/1.1", HOST, "Content-Length: +5", "").sendText("12345");

    assertThat(client.readReply()).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void refusesOtherTransferEncodings() throws IOException {
    client.send("POST /decode HTTP/1.1", HOST, "Transfer-Encoding: gzip, chunked", "");

    assertThat(client.readReply()).startsWith("HTTP/1.1 501 ");
  }

  @ParameterizedTest
  @CsvSource({"1, 70000", "3, 30000", "200, 10"})
  void refusesHeadsThatAreTooLarge(int headers, int size) throws IOException {
    client.send("POST /decode HTTP/1.1", HOST);
    for (int i = 0; i < headers; i++) {
      client.send("X: " + "x".repeat(size));
    }

    assertThat(client.send("").readReply()).startsWith("HTTP/1.1 431 ").contains("{\"error\":");
  }

  @Test
  void doesNotServeAHeadThatBreaksOff() throws IOException {
    client.send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE).endInput();

    assertThat(client.readAll()).isEmpty();
  }

  @Test
  void answersABodyThatBreaksOff() throws IOException {
    client
        .send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE, "Content-Length: 100", "")
        .endInput();

    assertThat(client.readAll()).startsWith("HTTP/1.1 400 ").contains("broke off");
  }

  @ParameterizedTest
  @CsvSource({"/healthz, ok", "/readyz, ready"})
  void tellsLoadBalancersHowItIs(String path, String status) throws IOException {
    client.send("GET " + path + " HTTP/1.1", HOST, "");
    assertThat(client.readReply()).contains("200 OK").endsWith("{\"status\":\"" + status + "\"}");

    client.send("HEAD " + path + " HTTP/1.1", HOST, "", "GET " + path + " HTTP/1.1", HOST, "");
    String head = client.readHead();
    assertThat(head).contains("200 OK").contains("Content-Length: ");
    assertThat(client.readReply()).as("nothing came between").startsWith("HTTP/1.1 200 OK");

    client.send("POST " + path + " HTTP/1.1", HOST, "Content-Length: 0", "");
    assertThat(client.readReply()).contains("405 Method Not Allowed");
  }

  @Test
  void showsFurtherPages() throws IOException {
    CodecServer.Builder builder =
        CodecServer.newBuilder(CodecHandler.newBuilder().build())
            .setPort(0)
            .addStatusPage("/metrics", () -> new StatusPage("text/plain", "up 1"));
    try (CodecServer withPage = builder.start();
        RawClient other = new RawClient(withPage.getPort())) {
      other.send("GET /metrics HTTP/1.1", HOST, "");

      assertThat(other.readReply()).contains("200 OK").contains("text/plain").endsWith("up 1");
    }
  }

  @Test
  void speaksWithOldClients() throws IOException {
    client.send("POST /decode HTTP/1.0", HOST, NAMESPACE, TYPE, LENGTH, "").sendText(BODY);

    assertThat(client.readAll()).contains("200 OK").contains("Connection: close");
  }
}
