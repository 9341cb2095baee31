/** The version, which every command prints. */
@NullMarked
package io.github.externalstorage.cli.version;

import org.jspecify.annotations.NullMarked;
