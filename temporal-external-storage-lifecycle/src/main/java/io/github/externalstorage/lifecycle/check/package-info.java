/** Checks that every stored payload which Temporal refers to can still be read. */
@NullMarked
package io.github.externalstorage.lifecycle.check;

import org.jspecify.annotations.NullMarked;
