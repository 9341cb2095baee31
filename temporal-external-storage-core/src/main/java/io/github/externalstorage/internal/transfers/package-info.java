/** Detects requests to a storage that make no progress. Not API. */
@NullMarked
package io.github.externalstorage.internal.transfers;

import org.jspecify.annotations.NullMarked;
