/**
 * The behaviours around a driver: validation, cache, single flight, limits, events, retries. Not
 * API.
 */
@NullMarked
package io.github.externalstorage.internal.layers;

import org.jspecify.annotations.NullMarked;
