package io.github.externalstorage.codec.http.internal.server;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import io.github.externalstorage.codec.http.internal.protocol.CodecRequest;
import io.github.externalstorage.codec.http.internal.protocol.HttpErrorException;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Unauthenticated;
import io.github.externalstorage.codec.http.spi.CodecAuthenticator;
import org.junit.jupiter.api.Test;

/** Which clients a handler serves in a server of the user, which may listen anywhere. */
final class AuthenticationTest {

  private static final CodecAuthenticator AUTHENTICATOR = request -> new Unauthenticated("Log in");

  private static CodecRequest request(boolean loopback) {
    return new CodecRequest("HTTP/1.1", "POST", "/decode", null, new Headers(), loopback);
  }

  @Test
  void otherMachinesAreRejectedWithoutAuthentication() {
    assertThatThrownBy(() -> new Authentication(null, false).checkRemoteAccess(request(false)))
        .isInstanceOf(HttpErrorException.class)
        .hasMessageContaining("setAuthenticator")
        .extracting(e -> ((HttpErrorException) e).status())
        .isEqualTo(403);
  }

  @Test
  void othersPass() {
    assertThatCode(
            () -> {
              new Authentication(null, false).checkRemoteAccess(request(true));
              new Authentication(null, true).checkRemoteAccess(request(false));
              new Authentication(AUTHENTICATOR, false).checkRemoteAccess(request(false));
            })
        .doesNotThrowAnyException();
  }
}
