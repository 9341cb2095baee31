/** The buckets of namespaces, and how their payloads are decoded. */
@NullMarked
package io.github.externalstorage.lifecycle.internal.storage;

import org.jspecify.annotations.NullMarked;
