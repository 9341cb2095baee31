/** The namespaces in the configuration file, and where their payloads are. */
@NullMarked
package io.github.externalstorage.cli.namespaces;

import org.jspecify.annotations.NullMarked;
