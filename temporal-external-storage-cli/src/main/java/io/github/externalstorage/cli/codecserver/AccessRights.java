package io.github.externalstorage.cli.codecserver;

import com.nimbusds.jwt.JWTClaimsSet;
import io.github.externalstorage.codec.http.CodecOperation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the bearers of tokens may do: what a claim of the token itself permits, and what the
 * configuration permits to the groups that another claim names.
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

  /** A claim's texts, whatever its issuer made of it: nothing, a text, or a list. */
  private static Stream<String> texts(@Nullable Object claim) {
    return (claim instanceof List<?> list ? list.stream() : Stream.ofNullable(claim))
        .filter(String.class::isInstance)
        .map(String.class::cast);
  }
}
