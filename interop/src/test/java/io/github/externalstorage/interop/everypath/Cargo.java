package io.github.externalstorage.interop.everypath;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.temporal.failure.ApplicationFailure;
import java.io.ByteArrayOutputStream;
import java.util.Base64;

/**
 * A payload of 300 KiB that gzip can't shrink, and that its receiver can check.
 *
 * @param filler base64 of SHA-256("{run}/{path}/{i}"), i from 0 to 9599, one after the other. So
 *     each path has its own payload, in every language.
 */
public record Cargo(String run, String path, String filler) {

  private static final int BLOCKS = 9_600;

  /** The cargo that a run sends along a path. */
  public static Cargo of(String run, String path) {
    ByteArrayOutputStream filler = new ByteArrayOutputStream();
    for (int i = 0; i < BLOCKS; i++) {
      filler.writeBytes(Hashing.sha256().hashString(run + "/" + path + "/" + i, UTF_8).asBytes());
    }
    return new Cargo(run, path, Base64.getEncoder().encodeToString(filler.toByteArray()));
  }

  /** The same run's cargo for another path. */
  Cargo to(String otherPath) {
    return of(run, otherPath);
  }

  /** The reply to this input, after checking that the input is unchanged. */
  Cargo toResult() {
    expect(path);
    return to(path.replaceFirst("-input$", "") + "-result");
  }

  /** Fails with a non-retryable error unless this is the cargo of that path. */
  public void expect(String expectedPath) {
    if (!equals(to(expectedPath))) {
      throw ApplicationFailure.newNonRetryableFailure(
          expectedPath + " carried another cargo, called '" + path + "'", "WrongCargo");
    }
  }
}
