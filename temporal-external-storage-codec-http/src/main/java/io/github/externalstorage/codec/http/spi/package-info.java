/**
 * What users of a {@link io.github.externalstorage.codec.http.CodecHandler} may implement: who may
 * call it, and what is reported about its requests.
 */
@NullMarked
package io.github.externalstorage.codec.http.spi;

import org.jspecify.annotations.NullMarked;
