/** The codec route: a data converter with the storage outermost. Not API. */
@NullMarked
package io.github.externalstorage.internal.converter;

import org.jspecify.annotations.NullMarked;
