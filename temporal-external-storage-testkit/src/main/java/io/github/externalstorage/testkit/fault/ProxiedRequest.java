package io.github.externalstorage.testkit.fault;

import java.util.Optional;

/**
 * A request that a {@link FaultProxy} has taken.
 *
 * @param method the HTTP method, such as {@code PUT}
 * @param path the path and query, as they were sent
 * @param fault what went wrong on purpose, empty if nothing did
 */
public record ProxiedRequest(String method, String path, Optional<Fault> fault) {}
