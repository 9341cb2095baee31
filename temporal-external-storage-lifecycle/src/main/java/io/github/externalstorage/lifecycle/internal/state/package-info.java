/** The SQLite file that says what was found, and how far a run is. Not API. */
@NullMarked
package io.github.externalstorage.lifecycle.internal.state;

import org.jspecify.annotations.NullMarked;
