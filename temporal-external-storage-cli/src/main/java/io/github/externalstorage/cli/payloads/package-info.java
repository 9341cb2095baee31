/** The commands {@code get} and {@code resolve}, which print payloads. */
@NullMarked
package io.github.externalstorage.cli.payloads;

import org.jspecify.annotations.NullMarked;
