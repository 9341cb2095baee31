/** What many and large payloads need of the heap. */
@NullMarked
package io.github.externalstorage.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
