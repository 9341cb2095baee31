/** The buckets of namespaces, and how their payloads are decoded. Not API. */
@NullMarked
package io.github.externalstorage.lifecycle.internal.storage;

import org.jspecify.annotations.NullMarked;
