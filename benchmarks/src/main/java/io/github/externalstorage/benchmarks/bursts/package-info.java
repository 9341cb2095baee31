/** Many payloads at once, and servers that are slow to respond. */
@NullMarked
package io.github.externalstorage.benchmarks.bursts;

import org.jspecify.annotations.NullMarked;
