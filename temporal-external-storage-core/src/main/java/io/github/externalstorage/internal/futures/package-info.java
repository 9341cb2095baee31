/** Composes futures so that cancellation and failures reach the work behind them. Not API. */
@NullMarked
package io.github.externalstorage.internal.futures;

import org.jspecify.annotations.NullMarked;
