/** The command {@code usage}, and how it prints: as a table, JSON, or a page with charts. */
@NullMarked
package io.github.externalstorage.cli.usage;

import org.jspecify.annotations.NullMarked;
