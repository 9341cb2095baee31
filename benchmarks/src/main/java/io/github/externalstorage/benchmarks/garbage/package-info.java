/** Garbage collection of very many objects, on a simulated server and storage. */
@NullMarked
package io.github.externalstorage.benchmarks.garbage;

import org.jspecify.annotations.NullMarked;
