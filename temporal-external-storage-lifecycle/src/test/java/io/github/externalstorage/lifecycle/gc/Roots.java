package io.github.externalstorage.lifecycle.gc;

import com.google.protobuf.util.JsonFormat;
import io.github.externalstorage.lifecycle.testing.Events;
import io.github.externalstorage.lifecycle.testing.StoredSamples;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.history.v1.History;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files with exported histories. */
final class Roots {

  private Roots() {}

  static void writeJson(Path file, Payload input) throws IOException {
    Files.writeString(file, JsonFormat.printer().print(history(input)));
  }

  static void writeBinary(Path file, Payload input) throws IOException {
    Files.write(file, history(input).toByteArray());
  }

  private static History history(Payload input) {
    return History.newBuilder()
        .addEvents(Events.started(StoredSamples.inline("a"), input))
        .addEvents(Events.started(StoredSamples.inline("b")))
        .build();
  }
}
