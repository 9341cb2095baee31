/** The heap that many and large payloads need. */
@NullMarked
package io.github.externalstorage.benchmarks.memory;

import org.jspecify.annotations.NullMarked;
