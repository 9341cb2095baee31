/**
 * For operators: which stored payloads Temporal refers to, whether they still exist, and which can
 * be deleted. Needs the Temporal Java SDK 1.39 or later. Only {@link
 * io.github.externalstorage.lifecycle.GarbageCollection} deletes anything.
 */
@NullMarked
package io.github.externalstorage.lifecycle;

import org.jspecify.annotations.NullMarked;
