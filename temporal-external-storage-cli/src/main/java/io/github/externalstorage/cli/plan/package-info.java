/** The command {@code plan}, and how it prints, with the formats of lifecycle rules. */
@NullMarked
package io.github.externalstorage.cli.plan;

import org.jspecify.annotations.NullMarked;
