/** Checks of a storage that are repeated. Not API. */
@NullMarked
package io.github.externalstorage.internal.checks;

import org.jspecify.annotations.NullMarked;
