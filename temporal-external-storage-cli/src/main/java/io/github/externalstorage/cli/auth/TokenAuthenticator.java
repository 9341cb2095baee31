package io.github.externalstorage.cli.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.ExpiredJWTException;
import com.nimbusds.jwt.proc.JWTProcessor;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationRequest;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Authenticated;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Forbidden;
import io.github.externalstorage.codec.http.spi.CodecAuthenticationResult.Unauthenticated;
import io.github.externalstorage.codec.http.spi.CodecAuthenticator;
import java.text.ParseException;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates callers by their token, a JWT (RFC 7519).
 *
 * @param header the header with the token, with or without {@code Bearer}
 */
record TokenAuthenticator(JWTProcessor<SecurityContext> tokens, String header, AccessRights rights)
    implements CodecAuthenticator {

  private static final Logger log = LoggerFactory.getLogger(TokenAuthenticator.class);
  private static final String BEARER = "Bearer ";

  @Override
  public CodecAuthenticationResult authenticate(CodecAuthenticationRequest request) {
    List<String> values = request.getHeaders(header);
    if (values.size() != 1) {
      return new Unauthenticated("The header " + header + " must have one token");
    }
    try {
      return authorize(tokens.process(token(values.get(0)), null), request);
    } catch (KeySourceException e) {
      // The token itself may be valid.
      throw new IllegalStateException("The keys of tokens can't be fetched", e);
    } catch (ExpiredJWTException e) {
      return new Unauthenticated("The token has expired");
    } catch (ParseException | BadJOSEException | JOSEException e) {
      log.debug("Rejected a token: {}", e.getMessage());
      return new Unauthenticated("The token is not one that this server accepts");
    }
  }

  private CodecAuthenticationResult authorize(
      JWTClaimsSet claims, CodecAuthenticationRequest request) {
    String subject = Objects.requireNonNullElse(claims.getSubject(), "");
    return rights.allow(claims, request.getNamespace(), request.getOperation())
        ? new Authenticated(subject)
        : new Forbidden(
            subject, "The token has no permission for this operation in this namespace");
  }

  private static String token(String value) {
    boolean bearer = value.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return bearer ? value.substring(BEARER.length()).strip() : value.strip();
  }
}
