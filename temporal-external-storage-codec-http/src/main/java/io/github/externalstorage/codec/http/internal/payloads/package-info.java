/** Payloads: their JSON, their codecs, and their references. Not API. */
@NullMarked
package io.github.externalstorage.codec.http.internal.payloads;

import org.jspecify.annotations.NullMarked;
