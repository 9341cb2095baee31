/** Keeps large payloads of Temporal workflows outside of their history. */
@NullMarked
package io.github.externalstorage;

import org.jspecify.annotations.NullMarked;
