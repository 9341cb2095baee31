package io.github.externalstorage.testkit.fault;

import java.util.Optional;

/**
 * A request that a {@link FaultProxy} received. Immutable.
 *
 * @param method the HTTP method, such as {@code PUT}
 * @param path the path and query, as sent
 * @param fault the injected fault, empty if there was none
 */
public record ProxiedRequest(String method, String path, Optional<Fault> fault) {}
