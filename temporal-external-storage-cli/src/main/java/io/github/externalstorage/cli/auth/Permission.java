package io.github.externalstorage.cli.auth;

import com.google.common.base.Ascii;
import com.google.common.base.Enums;
import io.github.externalstorage.cli.config.Values;
import io.github.externalstorage.codec.http.spi.CodecOperation;
import java.util.Optional;

/**
 * A permission as Temporal's server reads it from a token, {@code namespace:role}. See <a
 * href="https://docs.temporal.io/self-hosted-guide/security#default-jwt-claimmapper">its
 * documentation</a>. Readers of a namespace may decode and download its payloads. Writers may also
 * encode, which stores objects.
 */
record Permission(String namespace, Role role) {

  /** The namespace of permissions for all namespaces, as in Temporal's server. */
  private static final String EVERY_NAMESPACE = "temporal-system";

  /** The same in the configuration. */
  private static final String EVERY_NAMESPACE_IN_FILE = "*";

  /** The roles. Temporal's fourth role, worker, permits nothing here. */
  enum Role {
    READ,
    WRITE,
    ADMIN
  }

  /** A permission in a token; empty if it permits nothing here. */
  static Optional<Permission> ofToken(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || text.indexOf(':', colon + 1) >= 0) {
      return Optional.empty();
    }
    // As Temporal's server compares roles. The JDK's way to ignore case would accept "wrıte" too.
    return Enums.getIfPresent(Role.class, Ascii.toUpperCase(text.substring(colon + 1)))
        .toJavaUtil()
        .map(role -> new Permission(text.substring(0, colon), role));
  }

  /** A permission in the configuration, where {@code *} stands for all namespaces. */
  static Permission parse(String text) {
    Permission permission =
        ofToken(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "must be a namespace, or * for all, and one of the roles read, write and"
                            + " admin, such as orders:read"));
    Values.namespace(permission.namespace);
    return permission.namespace.equals(EVERY_NAMESPACE_IN_FILE)
        ? new Permission(EVERY_NAMESPACE, permission.role)
        : permission;
  }

  boolean allows(String requested, CodecOperation operation) {
    return (namespace.equals(requested) || namespace.equals(EVERY_NAMESPACE))
        && (operation != CodecOperation.ENCODE || role != Role.READ);
  }
}
