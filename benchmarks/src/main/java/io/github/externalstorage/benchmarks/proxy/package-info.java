/** A network that is slower than this machine's own, and tells what passed. */
@NullMarked
package io.github.externalstorage.benchmarks.proxy;

import org.jspecify.annotations.NullMarked;
