package io.github.externalstorage.codec.http;

import static io.github.externalstorage.fixtures.TestPayloads.json;
import static io.github.externalstorage.fixtures.TestPayloads.toJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.InMemoryStorageDriver;
import io.github.externalstorage.fixtures.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * HTTP/1.1 on the wire, byte by byte. A request that is rejected is sent at once: the server may
 * close the connection before a second part of it is sent.
 */
final class CodecServerHttpTest {

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
    return client.send("").sendText(BODY).readResponse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "///decode",
        "//x/decode?preserveStorageRefs=true",
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
  void keepsTheConnectionAfterASmallBodyThatIsNotRead() throws IOException {
    assertThat(post("/nothing")).contains("404 Not Found").doesNotContain("Connection: close");
    assertThat(post("/decode")).contains("200 OK");
  }

  @Test
  void closesTheConnectionIfTheClientAsksForIt() throws IOException {
    assertThat(post("/decode", "Connection: close")).contains("200 OK");
    assertThat(client.readAll()).isEmpty();
  }

  @Test
  void respondsToPipelinedRequestsInOrder() throws IOException {
    client
        .send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE, LENGTH, "")
        .sendText(BODY)
        .send("GET /healthz HTTP/1.1", HOST, "");

    assertThat(client.readResponse()).contains("200 OK").contains("payloads");
    assertThat(client.readResponse()).contains("200 OK").contains("{\"status\":\"ok\"}");
  }

  @Test
  void readsChunks() throws IOException {
    client
        .send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE, "Transfer-Encoding: chunked", "")
        .send("1", BODY.substring(0, 1))
        .send(Integer.toHexString(BODY.length() - 1), BODY.substring(1))
        .send("0", "");

    assertThat(client.readResponse()).contains("200 OK");
    assertThat(post("/decode")).as("the next request").contains("200 OK");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"x\r\n", "-1\r\n", "\r\n", "2\r\n{}}\r\n", "1\n{", "fffffffffffffffff\r\n"})
  void rejectsMalformedChunks(String chunk) throws IOException {
    client.send(
        "POST /decode HTTP/1.1",
        HOST,
        NAMESPACE,
        TYPE,
        "Transfer-Encoding: chunked",
        "",
        chunk + "0\r\n\r\nGET /healthz HTTP/1.1",
        HOST,
        "");

    assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ").contains("Connection: close");
    assertThat(client.readUntilBroken()).as("the rest is not a request").isEmpty();
  }

  @Test
  void respondsToExpectContinue() throws IOException {
    client.send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE, LENGTH, "Expect: 100-continue", "");

    assertThat(client.readResponse()).startsWith("HTTP/1.1 100 Continue\r\n");
    assertThat(client.sendText(BODY).readResponse()).contains("200 OK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST /decode", "POST /de\u0001code HTTP/1.1", "POST %zz HTTP/1.1"})
  void rejectsMalformedRequestLines(String requestLine) throws IOException {
    client.send(requestLine, HOST, "");

    assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ");
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
        "400 | (X): a",
        "400 | Host: another",
      })
  void rejectsHeadersThatCanBeUnderstoodInTwoWays(int status, String header) throws IOException {
    client.send("POST /decode HTTP/1.1", HOST, "Content-Length: 5", header, "", "12345");

    assertThat(client.readResponse()).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void rejectsAnAmbiguousContentLength() throws IOException {
    client.send("POST /decode HTTP/1.1", HOST, "Content-Length: +5", "", "12345");

    assertThat(client.readResponse()).startsWith("HTTP/1.1 400 ");
  }

  @Test
  void rejectsOtherTransferEncodings() throws IOException {
    client.send("POST /decode HTTP/1.1", HOST, "Transfer-Encoding: gzip, chunked", "");

    assertThat(client.readResponse()).startsWith("HTTP/1.1 501 ");
  }

  @Test
  void respondsToAnIncompleteBody() throws IOException {
    client
        .send("POST /decode HTTP/1.1", HOST, NAMESPACE, TYPE, "Content-Length: 100", "")
        .endInput();

    assertThat(client.readAll()).startsWith("HTTP/1.1 400 ").contains("The body is incomplete");
  }

  @ParameterizedTest
  @CsvSource({"/healthz, ok", "/readyz, ready"})
  void reportsItsStatusToLoadBalancers(String path, String status) throws IOException {
    client.send("GET " + path + " HTTP/1.1", HOST, "");
    assertThat(client.readResponse())
        .contains("200 OK")
        .endsWith("{\"status\":\"" + status + "\"}");

    client.send("HEAD " + path + " HTTP/1.1", HOST, "", "GET " + path + " HTTP/1.1", HOST, "");
    String head = client.readHead();
    assertThat(head).contains("200 OK").containsIgnoringCase("Content-Length: ");
    assertThat(client.readResponse()).as("nothing came between").startsWith("HTTP/1.1 200 OK");

    client.send("POST " + path + " HTTP/1.1", HOST, "Content-Length: 0", "");
    assertThat(client.readResponse()).contains("405 Method Not Allowed");
  }

  @Test
  void servesHttp10() throws IOException {
    client.send("POST /decode HTTP/1.0", HOST, NAMESPACE, TYPE, LENGTH, "").sendText(BODY);

    assertThat(client.readAll()).contains("200 OK").contains("Connection: close");
  }
}
