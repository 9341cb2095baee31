/** The command {@code gc}, and how it prints. */
@NullMarked
package io.github.externalstorage.cli.gc;

import org.jspecify.annotations.NullMarked;
