/** Programs that {@code benchmarks/run} starts, measures and compares. */
@NullMarked
package io.github.externalstorage.benchmarks;

import org.jspecify.annotations.NullMarked;
