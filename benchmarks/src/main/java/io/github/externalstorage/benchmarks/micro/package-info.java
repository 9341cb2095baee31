/** What single steps cost in time and allocation. */
@NullMarked
package io.github.externalstorage.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
