/** Checks whether a storage can store and retrieve. Not API. */
@NullMarked
package io.github.externalstorage.internal.checks;

import org.jspecify.annotations.NullMarked;
