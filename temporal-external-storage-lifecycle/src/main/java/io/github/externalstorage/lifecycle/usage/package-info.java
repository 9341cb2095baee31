/** Adds up what the buckets hold, and how much of it is unused. */
@NullMarked
package io.github.externalstorage.lifecycle.usage;

import org.jspecify.annotations.NullMarked;
