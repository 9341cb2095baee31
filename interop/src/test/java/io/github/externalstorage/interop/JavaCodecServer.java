package io.github.externalstorage.interop;

import io.github.externalstorage.GzipPayloadCodec;
import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
import io.github.externalstorage.codec.http.NamespaceCodec;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Our codec server, configured as in the example, but without a default namespace, so that callers
 * must send theirs.
 */
final class JavaCodecServer implements Closeable {

  private final Participant participant;
  private final CodecServer server;

  private JavaCodecServer(Participant participant, CodecServer server) {
    this.participant = participant;
    this.server = server;
  }

  static JavaCodecServer start(Participant participant) throws IOException {
    CodecHandler handler =
        CodecHandler.newBuilder()
            .setNamespaces(
                Map.of(
                    Servers.NAMESPACE,
                    NamespaceCodec.newBuilder(participant.storage())
                        .setPreStorageCodec(new GzipPayloadCodec())
                        .build()))
            .setAllowedOrigins(List.of(Servers.environment("TEMPORAL_UI_ADDRESS")))
            .build();
    return new JavaCodecServer(participant, CodecServer.newBuilder(handler).setPort(0).start());
  }

  String url() {
    return "http://127.0.0.1:" + server.getPort();
  }

  @Override
  public void close() {
    server.close();
    participant.close();
  }
}
