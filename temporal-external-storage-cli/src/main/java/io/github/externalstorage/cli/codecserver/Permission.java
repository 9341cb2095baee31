package io.github.externalstorage.cli.codecserver;

import io.github.externalstorage.codec.http.CodecOperation;
import java.util.Locale;
import java.util.Optional;

/**
 * A right as Temporal's server reads it from a token, {@code namespace:role}. See <a
 * href="https://docs.temporal.io/self-hosted-guide/security#default-jwt-claimmapper">its
 * documentation</a>. Who may read a namespace sees its payloads decoded; who may write to it may
 * have payloads encoded, which stores objects.
 */
record Permission(String namespace, Role role) {

  /** The namespace of rights that hold for all, as Temporal's server has it. */
  private static final String EVERY_NAMESPACE = "temporal-system";

  /** The same in the configuration. */
  private static final String EVERY_NAMESPACE_IN_FILE = "*";

  /** What a caller is. Temporal's fourth role, of workers, gives no right to look at payloads. */
  enum Role {
    READ,
    WRITE,
    ADMIN
  }

  /** A right in a token; empty if it gives none here. */
  static Optional<Permission> ofToken(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || text.indexOf(':', colon + 1) >= 0) {
      return Optional.empty();
    }
    String role = text.substring(colon + 1).toUpperCase(Locale.ROOT);
    for (Role known : Role.values()) {
      if (known.name().equals(role)) {
        return Optional.of(new Permission(text.substring(0, colon), known));
      }
    }
    return Optional.empty();
  }

  /** A right in the configuration, where {@code *} is every namespace. */
  static Permission parse(String text) {
    Permission permission =
        ofToken(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "must be a namespace, or * for all, and one of the roles read, write and"
                            + " admin, such as orders:read"));
    return permission.namespace.equals(EVERY_NAMESPACE_IN_FILE)
        ? new Permission(EVERY_NAMESPACE, permission.role)
        : permission;
  }

  boolean allows(String requested, CodecOperation operation) {
    return (namespace.equals(requested) || namespace.equals(EVERY_NAMESPACE))
        && (operation != CodecOperation.ENCODE || role != Role.READ);
  }
}
