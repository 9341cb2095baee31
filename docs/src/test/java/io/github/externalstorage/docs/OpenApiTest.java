package io.github.externalstorage.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.github.externalstorage.ExternalStorage;
import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
import io.github.externalstorage.codec.http.NamespaceCodec;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Authenticated;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Forbidden;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Unauthenticated;
import io.github.externalstorage.driver.FileStorageDriver;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description of the codec server's API is true of a running server. */
final class OpenApiTest {

  private static final String SMALL = payload("json/plain", "\"small\"");
  private static final String STORED = payload("json/plain", "\"large\"");
  private static final String MISSING =
      payload(
          "json/protobuf",
          "temporal.api.sdk.v1.ExternalStorageReference",
          """
          {"driverName": "file", "claimData": {"key": "v0/ns/orders/d/sha256/%1$s",
           "hash_algorithm": "sha256", "hash_value": "%1$s"}}
          """
              .formatted("0".repeat(64)));

  /** Statuses that depend on time, load or a defect. */
  private static final Set<String> NOT_PROVOKED = Set.of("408", "500", "503", "504");

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<?, ?> api =
      (Map<?, ?>)
          new Load(LoadSettings.builder().build())
              .loadFromString(
                  Repository.read(Repository.DOCS.resolve("codec-server.openapi.yaml")));

  @TempDir private Path directory;
  private ExternalStorage storage;
  private CodecServer server;

  @BeforeEach
  void start() throws Exception {
    storage =
        ExternalStorage.newBuilder()
            .setDriver(FileStorageDriver.newBuilder().setDirectory(directory).build())
            .setPayloadSizeThreshold(0)
            .setCacheMaxBytes(0)
            .build();
    NamespaceCodec orders =
        NamespaceCodec.newBuilder(storage).setPreStorageCodec(new GzipPayloadCodec()).build();
    CodecHandler handler =
        CodecHandler.newBuilder()
            .setNamespaces(Map.of("orders", orders))
            .setMaxBodySize(20_000)
            .setAuthenticator(
                request ->
                    switch (request.getHeaders("Authorization").toString()) {
                      case "[Bearer right]" -> new Authenticated("someone");
                      case "[Bearer other]" -> new Forbidden("someone", "not for you");
                      default -> new Unauthenticated("who are you?");
                    })
            .build();
    server = CodecServer.newBuilder(handler).setPort(0).start();
  }

  @AfterEach
  void stop() {
    server.close();
    storage.close();
  }

  @Test
  void everyRouteExists() throws Exception {
    for (Object path : section(api, "paths").keySet()) {
      for (Object method : section(api, "paths", path).keySet()) {
        Set<String> documented = statuses(path, method);
        String status =
            status(
                request(path)
                    .method(
                        String.valueOf(method).toUpperCase(Locale.ROOT), BodyPublishers.noBody()));
        assertThat(documented).as(method + " " + path).contains(status);
        assertThat(status).isNotEqualTo("404");
      }
    }
    assertThat(section(api, "paths").keySet())
        .extracting(Object::toString)
        .containsExactlyInAnyOrder("/encode", "/decode", "/download", "/healthz", "/readyz");
  }

  @Test
  void everyStatusIsThatOfTheServer() throws Exception {
    for (String path : List.of("/encode", "/decode", "/download")) {
      Set<String> provoked = new TreeSet<>();
      String stored = encode(STORED);
      provoked.add(post(path, path.equals("/encode") ? SMALL : stored));
      provoked.add(post(path, "{"));
      provoked.add(status(request(path, "orders", "wrong").POST(BodyPublishers.ofString(SMALL))));
      provoked.add(status(request(path, "orders", "other").POST(BodyPublishers.ofString(SMALL))));
      provoked.add(status(request(path, "unknown", "right").POST(BodyPublishers.ofString(SMALL))));
      provoked.add(status(request(path).GET()));
      provoked.add(post(path, "{\"payloads\": [" + " ".repeat(20_000) + "]}"));
      provoked.add(
          status(
              request(path)
                  .setHeader("Content-Type", "text/plain")
                  .POST(BodyPublishers.ofString(SMALL))));
      damageObjects();
      provoked.add(post(path, path.equals("/encode") ? SMALL : stored));
      provoked.add(post(path, path.equals("/encode") ? SMALL : MISSING));

      Set<String> expected = new TreeSet<>(statuses(path, "post"));
      expected.removeAll(NOT_PROVOKED);
      if (path.equals("/encode")) {
        expected.removeAll(Set.of("422", "502"));
      }
      assertThat(provoked).as(path).isEqualTo(expected);
    }
  }

  @Test
  void everyStatusOfTheCodeIsDescribed() {
    Set<String> expected = new TreeSet<>(CodecServerStatuses.inCode());
    expected.add("200");

    for (String path : List.of("/encode", "/decode", "/download")) {
      assertThat(statuses(path, "post")).as(path).isEqualTo(expected);
    }
  }

  @Test
  void retrievesWhatItStored() throws Exception {
    JsonObject decoded = JsonParser.parseString(body("/decode", encode(STORED))).getAsJsonObject();

    assertThat(decoded).isEqualTo(JsonParser.parseString(STORED));
  }

  @Test
  void leavesReferencesOnRequest() throws Exception {
    String stored = encode(STORED);

    assertThat(JsonParser.parseString(body("/decode?preserveStorageRefs=true", stored)))
        .isEqualTo(JsonParser.parseString(stored));
  }

  private void damageObjects() throws IOException {
    for (Path file : Repository.find(directory.resolve("v0"), "")) {
      if (Files.isRegularFile(file)) {
        Files.writeString(file, "damaged");
      }
    }
  }

  private String encode(String payloads) throws Exception {
    String body = body("/encode", payloads);
    assertThat(body).contains("externalPayloads");
    return body;
  }

  private String post(String path, String body) throws Exception {
    return status(request(path).POST(BodyPublishers.ofString(body)));
  }

  private String body(String path, String body) throws Exception {
    HttpResponse<String> response =
        http.send(
            request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return response.body();
  }

  private HttpRequest.Builder request(Object path) {
    return request(path, "orders", "right");
  }

  private HttpRequest.Builder request(Object path, String namespace, String token) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
        .header("Content-Type", "application/json")
        .header("X-Namespace", namespace)
        .header("Authorization", "Bearer " + token);
  }

  /** The status; an error must have the documented body. */
  private String status(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() >= 400) {
      assertThat(JsonParser.parseString(response.body()).getAsJsonObject().keySet())
          .containsExactly("error");
    }
    return String.valueOf(response.statusCode());
  }

  private Set<String> statuses(Object path, Object method) {
    Set<String> statuses = new TreeSet<>();
    section(api, "paths", path, method, "responses")
        .keySet()
        .forEach(it -> statuses.add(it.toString()));
    return statuses;
  }

  private static Map<?, ?> section(Map<?, ?> map, Object... names) {
    Map<?, ?> result = map;
    for (Object name : names) {
      result = (Map<?, ?>) Objects.requireNonNull(result.get(name), name::toString);
    }
    return result;
  }

  private static String payload(String encoding, String data) {
    return payload(encoding, "", data);
  }

  private static String payload(String encoding, String messageType, String data) {
    return """
        {"payloads": [{"metadata": {"encoding": "%s"%s}, "data": "%s"}]}
        """
        .formatted(
            base64(encoding),
            messageType.isEmpty() ? "" : ", \"messageType\": \"" + base64(messageType) + "\"",
            base64(data));
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
  }
}
