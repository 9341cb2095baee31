/** Which objects Temporal and exported histories refer to, as marks in the state file. Not API. */
@NullMarked
package io.github.externalstorage.lifecycle.internal.marks;

import org.jspecify.annotations.NullMarked;
