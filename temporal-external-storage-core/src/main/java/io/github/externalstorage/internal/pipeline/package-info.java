/** The path of a payload: threshold, selector, drivers by name, references. Not API. */
@NullMarked
package io.github.externalstorage.internal.pipeline;

import org.jspecify.annotations.NullMarked;
