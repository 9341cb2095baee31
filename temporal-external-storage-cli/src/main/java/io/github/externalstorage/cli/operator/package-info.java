/** What the commands for operators share: the configuration, the connections, the terminal. */
@NullMarked
package io.github.externalstorage.cli.operator;

import org.jspecify.annotations.NullMarked;
