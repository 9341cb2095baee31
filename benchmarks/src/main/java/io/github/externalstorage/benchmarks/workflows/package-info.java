/** Workflows on a real Temporal server. */
@NullMarked
package io.github.externalstorage.benchmarks.workflows;

import org.jspecify.annotations.NullMarked;
