/** Simulates a slower network, and counts its traffic. */
@NullMarked
package io.github.externalstorage.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
