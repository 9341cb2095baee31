/**
 * The codec server of Temporal's Web UI and CLI over {@link
 * io.github.externalstorage.ExternalStorage}: {@code POST} to {@code encode}, {@code decode} and
 * {@code download}. Start at {@link io.github.externalstorage.codec.http.CodecHandler} and {@link
 * io.github.externalstorage.codec.http.CodecServer}.
 */
@NullMarked
package io.github.externalstorage.codec.http;

import org.jspecify.annotations.NullMarked;
