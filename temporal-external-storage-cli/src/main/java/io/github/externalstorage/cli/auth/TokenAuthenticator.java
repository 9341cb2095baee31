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
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Authenticates callers by their token, a JWT (RFC 7519). They have the permissions in the token,
 * and those that the configuration grants to the groups in the token.
 *
 * @param header the header with the token, with or without {@code Bearer}
 * @param permissionsClaim the claim that holds permissions
 * @param groupsClaim the claim that holds groups
 */
record TokenAuthenticator(
    JWTProcessor<SecurityContext> tokens,
    String header,
    String permissionsClaim,
    String groupsClaim,
    Map<String, List<Permission>> groups)
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
    Optional<String> namespace = request.getNamespace();
    return namespace.isPresent()
            && permissions(claims)
                .anyMatch(allowed -> allowed.allows(namespace.get(), request.getOperation()))
        ? new Authenticated(subject)
        : new Forbidden(
            subject, "The token has no permission for this operation in this namespace");
  }

  private Stream<Permission> permissions(JWTClaimsSet claims) {
    return Stream.concat(
        texts(claims.getClaim(permissionsClaim)).flatMap(text -> Permission.ofToken(text).stream()),
        texts(claims.getClaim(groupsClaim))
            .flatMap(group -> groups.getOrDefault(group, List.of()).stream()));
  }

  /** The strings of a claim, which may be missing, a string, or a list. */
  private static Stream<String> texts(@Nullable Object claim) {
    return (claim instanceof List<?> list ? list.stream() : Stream.ofNullable(claim))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }

  private static String token(String value) {
    boolean bearer = value.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return bearer ? value.substring(BEARER.length()).strip() : value.strip();
  }
}
