package io.github.externalstorage.codec.http.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.externalstorage.driver.StorageException;
import org.junit.jupiter.api.Test;

final class RedactedExceptionTest {

  @Test
  void namesTheClassThatIsMissing() {
    Throwable thrown =
        new IllegalStateException("a payload", new NoClassDefFoundError("com/example/Missing"));

    RedactedException redacted = new RedactedException(thrown);

    assertThat(redacted).hasMessage("java.lang.IllegalStateException");
    assertThat(redacted.getCause()).hasMessageContaining("com/example/Missing");
    assertThat(redacted.getStackTrace()).isEqualTo(thrown.getStackTrace());
  }

  @Test
  void keepsWhatTheStorageSays() {
    assertThat(
            new RedactedException(
                new StorageException(StorageException.Reason.NOT_FOUND, "bucket b, key k")))
        .hasMessageContaining("bucket b, key k");
  }
}
