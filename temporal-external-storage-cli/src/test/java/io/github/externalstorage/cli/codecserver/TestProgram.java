package io.github.externalstorage.cli.codecserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.cli.config.ConfigException;
import io.github.externalstorage.cli.namespaces.Namespaces;
import io.github.externalstorage.fixtures.CodecClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program in this JVM, on a port of its own, with a configuration that can be rewritten. */
final class TestProgram implements AutoCloseable {

  private static final Pattern URL = Pattern.compile("https?://[^/\\s]+");

  private final Path file;
  private final CodecServerProgram program;
  private final String announcement;

  private TestProgram(Path file, CodecServerProgram program, String announcement) {
    this.file = file;
    this.program = program;
    this.announcement = announcement;
  }

  static TestProgram start(Path folder, String yaml) throws IOException, ConfigException {
    Path file = Files.writeString(folder.resolve("config.yaml"), yaml);
    CodecServerProgram program =
        new CodecServerProgram(file, Map.of("CODEC_SERVER_PORT", "0", "BUCKET", "of-variable"));
    StringWriter out = new StringWriter();
    program.start();
    program.announce(new PrintWriter(out, true));
    return new TestProgram(file, program, out.toString());
  }

  String announcement() {
    return announcement;
  }

  URI server() {
    return url(0);
  }

  CodecClient client() {
    return new CodecClient(server());
  }

  CodecClient metrics() {
    return new CodecClient(metricsUrl());
  }

  URI metricsUrl() {
    return url(1);
  }

  Namespaces namespaces() {
    return program.config().namespaces();
  }

  /** Changes the configuration, and makes the program reload it. */
  void rewrite(String yaml) throws IOException {
    Files.writeString(file, yaml);
    reload();
  }

  void reload() {
    program.reload();
  }

  @Override
  public void close() {
    program.close();
  }

  private URI url(int index) {
    Matcher urls = URL.matcher(announcement);
    for (int i = 0; i <= index; i++) {
      assertThat(urls.find()).as(announcement).isTrue();
    }
    return URI.create(urls.group());
  }
}
