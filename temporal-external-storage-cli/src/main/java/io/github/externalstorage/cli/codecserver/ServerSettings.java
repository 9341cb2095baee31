package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.CodecHandler;
import io.github.externalstorage.codec.http.CodecServer;
import java.time.Duration;

/** Passes on what the configuration says of web pages, limits and connections. */
final class ServerSettings {

  private static final Parser<Integer> COUNT = Values.wholeNumber(1, 1_000_000);
  private static final Parser<Integer> SIZE = Values.sizeInMemory(1);
  private static final Parser<Duration> TIMEOUT =
      Values.duration(Duration.ofMillis(1), Duration.ofHours(1));

  private ServerSettings() {}

  static CodecHandler.Builder readHandler(Section root, Section limits) {
    Section web = root.section("web");
    CodecHandler.Builder handler =
        CodecHandler.newBuilder()
            .setAllowedOrigins(web.list("origins", Values::origin))
            .setAllowedHosts(web.list("hosts", Values::hostName))
            .setEncodeEnabled(root.get("encode", Values::flag).orElse(true))
            .setDefaultNamespace(root.get("defaultNamespace", Values::text).orElse(null));
    limits.get("maxBodySize", SIZE).ifPresent(handler::setMaxBodySize);
    limits.get("maxPayloads", COUNT).ifPresent(handler::setMaxPayloads);
    limits.get("maxDecodedSize", SIZE).ifPresent(handler::setMaxDecodedSize);
    limits
        .get("maxBytesInFlight", Values.size(1, Long.MAX_VALUE))
        .ifPresent(handler::setMaxBytesInFlight);
    limits.get("maxConcurrentRequests", COUNT).ifPresent(handler::setMaxConcurrentRequests);
    limits.get("maxQueuedRequests", COUNT).ifPresent(handler::setMaxQueuedRequests);
    limits.get("requestTimeout", TIMEOUT).ifPresent(handler::setRequestTimeout);
    return handler;
  }

  static CodecServer.Builder readServer(Section section, CodecHandler handler) {
    CodecServer.Builder server = CodecServer.newBuilder(handler);
    section.get("maxConnections", COUNT).ifPresent(server::setMaxConnections);
    section.get("clientTimeout", TIMEOUT).ifPresent(server::setClientTimeout);
    section
        .get("drainTimeout", Values.duration(Duration.ZERO, Duration.ofHours(1)))
        .ifPresent(server::setDrainTimeout);
    return server;
  }
}
