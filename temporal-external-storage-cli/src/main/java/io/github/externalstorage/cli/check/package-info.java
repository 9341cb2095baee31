/** The command {@code check}, and how it prints. */
@NullMarked
package io.github.externalstorage.cli.check;

import org.jspecify.annotations.NullMarked;
