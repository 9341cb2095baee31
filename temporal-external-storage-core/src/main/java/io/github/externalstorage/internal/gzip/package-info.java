/** Decompresses gzip within a limit. Not API. */
@NullMarked
package io.github.externalstorage.internal.gzip;

import org.jspecify.annotations.NullMarked;
