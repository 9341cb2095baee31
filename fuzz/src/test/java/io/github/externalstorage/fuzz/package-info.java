/** Long runs of damaged and made-up input. */
@NullMarked
package io.github.externalstorage.fuzz;

import org.jspecify.annotations.NullMarked;
