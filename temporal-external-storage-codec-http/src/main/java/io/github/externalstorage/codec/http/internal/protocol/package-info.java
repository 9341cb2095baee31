/**
 * HTTP as the codec protocol uses it: requests, responses, errors, origins and host names. Not API.
 */
@NullMarked
package io.github.externalstorage.codec.http.internal.protocol;

import org.jspecify.annotations.NullMarked;
