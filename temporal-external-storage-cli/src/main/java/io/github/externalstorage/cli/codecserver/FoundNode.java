package io.github.externalstorage.cli.codecserver;

import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A node of the configuration file.
 *
 * @param path where it stands, such as {@code web.origins[1]}
 */
record FoundNode(String path, Node node) {}
