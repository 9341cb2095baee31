package io.github.externalstorage.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** Sends requests to a codec server as the Web UI does. */
record CodecClient(String url) {

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  List<Payload> decode(List<Payload> payloads) throws IOException, InterruptedException {
    return post("/decode", payloads);
  }

  List<Payload> decodeInPlace(List<Payload> payloads) throws IOException, InterruptedException {
    return post("/decode?preserveStorageRefs=true", payloads);
  }

  List<Payload> download(List<Payload> payloads) throws IOException, InterruptedException {
    return post("/download?preserveStorageRefs=true", payloads);
  }

  private List<Payload> post(String path, List<Payload> payloads)
      throws IOException, InterruptedException {
    String body = JsonFormat.printer().print(Payloads.newBuilder().addAllPayloads(payloads));
    HttpResponse<String> response =
        HTTP.send(
            HttpRequest.newBuilder(URI.create(url + path))
                .header("Content-Type", "application/json")
                .header("X-Namespace", Servers.NAMESPACE)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    Payloads.Builder result = Payloads.newBuilder();
    JsonFormat.parser().merge(response.body(), result);
    return result.getPayloadsList();
  }
}
