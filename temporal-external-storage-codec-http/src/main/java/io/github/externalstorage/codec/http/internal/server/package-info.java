/** How a request is served: limits, deadlines, authentication, logs. Not API. */
@NullMarked
package io.github.externalstorage.codec.http.internal.server;

import org.jspecify.annotations.NullMarked;
