/** The codec server as a program, configured by a file. */
@NullMarked
package io.github.externalstorage.codec.server;

import org.jspecify.annotations.NullMarked;
