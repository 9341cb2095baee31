/** The time and allocation of single steps. */
@NullMarked
package io.github.externalstorage.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
