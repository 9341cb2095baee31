package io.github.externalstorage.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class FaultProxyTest {

  private static final String OBJECT = "abcdefgh";
  private static final String WITH_FLIPPED_BIT = "abcddfgh";

  @AutoClose private final ObjectServer server = new ObjectServer();
  @AutoClose private final FaultProxy proxy = FaultProxy.start(server.endpoint());

  FaultProxyTest() throws IOException {
    server.setObject(OBJECT);
  }

  @Test
  void withoutAPlanEveryRequestIsServed() throws IOException {
    assertThat(put("12345678").head()).startsWith("HTTP/1.1 200 ");
    assertThat(server.object()).isEqualTo("12345678");
    assertThat(get().body()).isEqualTo("12345678");
    assertThat(proxy.getRequests())
        .containsExactly(
            new ProxiedRequest("PUT", "/bucket/key", Optional.empty()),
            new ProxiedRequest("GET", "/bucket/key", Optional.empty()));
  }

  @Test
  void aBodyThatAsksFirstIsAdmitted() throws IOException {
    RawResponse answer =
        RawResponse.to(proxy.getEndpoint(), "PUT", "12345678", "Expect: 100-continue\r\n");

    assertThat(answer.head()).isEqualTo("HTTP/1.1 100 Continue");
    assertThat(answer.body()).startsWith("HTTP/1.1 200 ");
    assertThat(server.object()).isEqualTo("12345678");
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "GET"})
  void statusIsReturnedWithoutTheServer(String method) throws IOException {
    Fault fault = Fault.status(503, "SlowDown");
    proxy.setPlan(FaultPlan.always(fault));

    RawResponse answer = send(method, "12345678");

    assertThat(answer.head()).startsWith("HTTP/1.1 503 ");
    assertThat(answer.body()).contains("<Error><Code>SlowDown</Code>");
    assertThat(answer.wasReset()).isFalse();
    assertThat(server.object()).isEqualTo(OBJECT);
    assertThat(proxy.getRequests())
        .containsExactly(new ProxiedRequest(method, "/bucket/key", Optional.of(fault)));
  }

  @Test
  void lostAnswerComesAfterTheRequestIsProcessed() throws IOException {
    proxy.setPlan(FaultPlan.always(Fault.lostAnswer()));

    assertThat(put("12345678")).isEqualTo(new RawResponse("", "", true));
    assertThat(server.object()).isEqualTo("12345678");
  }

  @Test
  void resetBeforeBody() throws IOException {
    proxy.setPlan(FaultPlan.always(Fault.resetBeforeBody()));

    RawResponse answer = get();
    assertThat(answer.head()).startsWith("HTTP/1.1 200 ").contains("length: 8");
    assertThat(answer.body()).isEmpty();
    assertThat(answer.wasReset()).isTrue();

    assertThat(put("12345678")).isEqualTo(new RawResponse("", "", true));
    assertThat(server.object()).isEqualTo(OBJECT);
  }

  @Test
  void resetInsideBody() throws IOException {
    proxy.setPlan(FaultPlan.always(Fault.resetInsideBody()));

    RawResponse answer = get();
    assertThat(answer.body()).isEqualTo("abcd");
    assertThat(answer.wasReset()).isTrue();

    assertThat(put("12345678")).isEqualTo(new RawResponse("", "", true));
    assertThat(server.object()).isEqualTo(OBJECT);
  }

  @Test
  void truncatedBody() throws IOException {
    proxy.setPlan(FaultPlan.always(Fault.truncatedBody()));

    RawResponse answer = get();

    assertThat(answer.head()).contains("length: 8");
    assertThat(answer.body()).isEqualTo("abcd");
    assertThat(answer.wasReset()).isFalse();
  }

  @Test
  void truncatedBodyAndLength() throws IOException {
    proxy.setPlan(FaultPlan.always(Fault.truncatedBodyAndLength()));

    RawResponse answer = get();
    assertThat(answer.head()).contains("Length: 4").doesNotContain("length: 8");
    assertThat(answer.body()).isEqualTo("abcd");
    assertThat(answer.wasReset()).isFalse();

    assertThat(put("12345678").head()).startsWith("HTTP/1.1 200 ");
    assertThat(server.object()).isEqualTo("1234");
  }

  @Test
  void flippedBit() throws IOException {
    proxy.setPlan(FaultPlan.always(Fault.flippedBit()));
    assertThat(get().body()).isEqualTo(WITH_FLIPPED_BIT);

    assertThat(put(WITH_FLIPPED_BIT).head()).startsWith("HTTP/1.1 200 ");
    assertThat(server.object()).isEqualTo(OBJECT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PUT", "GET"})
  void stallEndsInTheNormalResponse(String method) throws IOException {
    proxy.setPlan(FaultPlan.always(Fault.stall(Duration.ofMillis(1))));

    assertThat(send(method, OBJECT).head()).startsWith("HTTP/1.1 200 ");
  }

  @Test
  void trickleEndsInTheWholeBody() throws IOException {
    proxy.setPlan(FaultPlan.always(Fault.trickle(50)));

    assertThat(get().body()).isEqualTo(OBJECT);
    assertThat(put("12345678").head()).startsWith("HTTP/1.1 200 ");
    assertThat(server.object()).isEqualTo("12345678");
  }

  @Test
  void closingResetsWhatIsUnderWay() throws Exception {
    BlockingQueue<String> begun = new LinkedBlockingQueue<>();
    Fault stall = Fault.stall(Duration.ofHours(1));
    proxy.setPlan(
        (method, path) -> {
          begun.add(method);
          return Optional.of(stall);
        });
    CompletableFuture<RawResponse> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return get();
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(begun.take()).isEqualTo("GET");

    proxy.close();

    assertThat(answer.join()).isEqualTo(new RawResponse("", "", true));
  }

  @Test
  void refusesConnectionsUntilItAcceptsThemAgain() throws IOException {
    URI endpoint = proxy.getEndpoint();

    proxy.refuseConnections();
    assertThatThrownBy(() -> new Socket(endpoint.getHost(), endpoint.getPort()))
        .isInstanceOf(ConnectException.class);

    proxy.acceptConnections();
    assertThat(proxy.getEndpoint()).isEqualTo(endpoint);
    assertThat(get().body()).isEqualTo(OBJECT);
  }

  @Test
  void resetsWhereTheServerIsAway() throws IOException {
    server.close();

    assertThat(get()).isEqualTo(new RawResponse("", "", true));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://localhost:9000", "http://localhost", "localhost:9000", "/path"})
  void rejectsUnsupportedServers(URI uri) {
    assertThatThrownBy(() -> FaultProxy.start(uri))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(uri.toString());
  }

  @Test
  void rejectsInvalidFaults() {
    assertThatThrownBy(() -> Fault.status(200, "OK")).hasMessageContaining("200");
    assertThatThrownBy(() -> Fault.stall(Duration.ZERO)).hasMessageContaining("PT0S");
    assertThatThrownBy(() -> Fault.trickle(9)).hasMessageContaining("9");
  }

  private RawResponse get() throws IOException {
    return send("GET", "");
  }

  private RawResponse put(String body) throws IOException {
    return send("PUT", body);
  }

  private RawResponse send(String method, String body) throws IOException {
    return RawResponse.to(proxy.getEndpoint(), method, method.equals("PUT") ? body : "");
  }
}
