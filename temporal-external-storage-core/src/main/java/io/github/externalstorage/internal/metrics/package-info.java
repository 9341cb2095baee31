/** The metrics of a storage, in a metrics scope of the Temporal SDK. Not API. */
@NullMarked
package io.github.externalstorage.internal.metrics;

import org.jspecify.annotations.NullMarked;
