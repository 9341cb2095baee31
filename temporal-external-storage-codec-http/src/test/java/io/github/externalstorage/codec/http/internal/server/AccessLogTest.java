package io.github.externalstorage.codec.http.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import io.github.externalstorage.codec.http.internal.protocol.CodecRequest;
import io.github.externalstorage.codec.http.internal.protocol.CodecResponse;
import io.github.externalstorage.codec.http.internal.protocol.ResponseBody;
import io.github.externalstorage.driver.StorageDriverClaim;
import io.github.externalstorage.reference.StorageReference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class AccessLogTest {

  private static String line(String path, String subject, List<String> keys) {
    CodecRequest request = new CodecRequest("HTTP/1.1", "POST", path, null, new Headers(), true);
    MemoryBudget memory = new MemoryBudget(1000, () -> false);
    try (CodecExchange exchange = new CodecExchange(request, memory.open())) {
      exchange.namespace = "default";
      exchange.subject = subject;
      exchange.payloadsReceived = 1;
      exchange.payloadsSent = 2;
      exchange.bytesReceived = 3;
      for (String key : keys) {
        StorageDriverClaim claim = new StorageDriverClaim(Map.of("key", key));
        exchange.downloading(new StorageReference("driver", claim, 100));
      }
      exchange.complete(CodecResponse.json(200, ResponseBody.of("body")));
      return AccessLog.line(exchange).replaceAll("ms=[0-9]+", "ms=N");
    }
  }

  @Test
  void aRequestIsOneLine() {
    assertThat(line("/download", "alice@example.com", List.of("v0/d/x", "y")))
        .isEqualTo(
            "subject=alice@example.com method=POST path=/download namespace=default status=200"
                + " payloads_in=1 payloads_out=2 bytes_in=3 bytes_out=4 ms=N keys=v0/d/x,y");
  }

  @Test
  void whatTheCallerChoseStaysInItsField() {
    assertThat(line("/x\r\nsubject=root y", "a status=200", List.of("k,\\é\"k")))
        .contains("path=/x\\u000d\\u000asubject=root\\u0020y ")
        .contains("subject=a\\u0020status=200 ")
        .endsWith("keys=k\\u002c\\u005c\\u00e9\\u0022k");
  }

  @Test
  void longFieldsAreCut() {
    assertThat(line("/" + "x".repeat(60_000), "a", List.of())).hasSizeLessThan(2000);
  }
}
