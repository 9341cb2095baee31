/** What a Temporal server keeps: its API, and the payloads in it. Not API. */
@NullMarked
package io.github.externalstorage.lifecycle.internal.temporal;

import org.jspecify.annotations.NullMarked;
