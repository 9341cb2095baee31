/** Reads stored payloads in the histories of workflow runs, live or downloaded. */
@NullMarked
package io.github.externalstorage.lifecycle.history;

import org.jspecify.annotations.NullMarked;
