/**
 * For operators: which stored payloads Temporal refers to, and whether they still exist. Needs the
 * Temporal Java SDK 1.39 or later. Nothing here changes or deletes anything.
 */
@NullMarked
package io.github.externalstorage.lifecycle;

import org.jspecify.annotations.NullMarked;
