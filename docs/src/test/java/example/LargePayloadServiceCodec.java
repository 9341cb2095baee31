package example;

import com.google.common.hash.Hashing;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;

/** Reads what DataDog's large payload codec (v2) has stored. It stores nothing. */
public class LargePayloadServiceCodec implements PayloadCodec {

  private static final String MARKER = "temporal.io/remote-codec";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI service;

  /**
   * @param service the address of the Large Payload Service
   */
  public LargePayloadServiceCodec(URI service) {
    this.service = service;
  }

  @Override
  public List<Payload> encode(List<Payload> payloads) {
    return payloads;
  }

  @Override
  public List<Payload> decode(List<Payload> payloads) {
    return payloads.stream()
        .map(payload -> payload.containsMetadata(MARKER) ? retrieve(payload) : payload)
        .toList();
  }

  private Payload retrieve(Payload reference) {
    JsonObject remote =
        JsonParser.parseString(reference.getData().toStringUtf8()).getAsJsonObject();
    byte[] data = get(remote.get("key").getAsString(), remote.get("size").getAsString());
    String digest = "sha256:" + Hashing.sha256().hashBytes(data);
    if (!digest.equals(remote.get("digest").getAsString())) {
      throw new PayloadCodecException("The Large Payload Service returned other bytes");
    }
    Payload.Builder payload = Payload.newBuilder().setData(ByteString.copyFrom(data));
    remote
        .getAsJsonObject("metadata")
        .entrySet()
        .forEach(
            it ->
                payload.putMetadata(
                    it.getKey(),
                    ByteString.copyFrom(Base64.getDecoder().decode(it.getValue().getAsString()))));
    return payload.build();
  }

  private byte[] get(String key, String size) {
    String query = "/v2/blobs/get?key=" + URLEncoder.encode(key, StandardCharsets.UTF_8);
    HttpRequest request =
        HttpRequest.newBuilder(service.resolve(query))
            .header("Content-Type", "application/octet-stream")
            .header("X-Payload-Expected-Content-Length", size)
            .timeout(Duration.ofSeconds(5))
            .build();
    try {
      HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
      if (response.statusCode() == 200) {
        return response.body();
      }
      throw new PayloadCodecException("The Large Payload Service: " + response.statusCode());
    } catch (IOException e) {
      throw new PayloadCodecException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PayloadCodecException(e);
    }
  }
}
