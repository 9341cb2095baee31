package io.github.externalstorage.cli.auth;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the bearers of tokens may do: the permissions in a claim of the token, and those that the
 * configuration grants to the groups in another claim.
 */
record AccessRights(
    String permissionsClaim, String groupsClaim, Map<String, List<Permission>> byGroup) {

  boolean allow(JWTClaimsSet claims, Optional<String> namespace, CodecOperation operation) {
    return namespace.isPresent()
        && permissions(claims)
            .anyMatch(permission -> permission.allows(namespace.get(), operation));
  }

  private Stream<Permission> permissions(JWTClaimsSet claims) {
    return Stream.concat(
        texts(claims.getClaim(permissionsClaim)).flatMap(text -> Permission.ofToken(text).stream()),
        texts(claims.getClaim(groupsClaim))
            .flatMap(group -> byGroup.getOrDefault(group, List.of()).stream()));
  }

  /** The strings of a claim, which may be missing, a string, or a list. */
  private static Stream<String> texts(@Nullable Object claim) {
    return (claim instanceof List<?> list ? list.stream() : Stream.ofNullable(claim))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }
}
