package io.github.externalstorage.gcs.internal.requests;

import com.google.auth.Retryable;
import com.google.common.base.Throwables;
import java.io.InterruptedIOException;
import java.net.SocketException;
import java.net.UnknownHostException;

/** The credentials provided no access token; the cause says why. */
final class CredentialsException extends Exception {

  private static final long serialVersionUID = 1L;

  CredentialsException(Throwable cause) {
    super(cause);
  }

  /** Whether the token or metadata server could not be reached, or asked to try again. */
  boolean isRetryable() {
    return Throwables.getCausalChain(this).stream()
        .anyMatch(
            cause ->
                (cause instanceof Retryable e && e.isRetryable())
                    || cause instanceof SocketException
                    || cause instanceof UnknownHostException
                    // The timeout of a socket is one of these.
                    || cause instanceof InterruptedIOException);
  }
}
