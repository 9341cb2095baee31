/** The codec server as a program, configured by a file. */
@NullMarked
package io.github.externalstorage.cli.codecserver;

import org.jspecify.annotations.NullMarked;
