/** The payloads in Temporal's protobuf messages. Not API. */
@NullMarked
package io.github.externalstorage.internal.messages;

import org.jspecify.annotations.NullMarked;
