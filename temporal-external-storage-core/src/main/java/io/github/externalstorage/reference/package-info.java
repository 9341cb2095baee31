/**
 * The references that take the place of stored payloads in the event history, in the wire format of
 * every Temporal SDK.
 */
@NullMarked
package io.github.externalstorage.reference;

import org.jspecify.annotations.NullMarked;
