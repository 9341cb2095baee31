/** Tests of the pages in {@code docs}, and what generates some of them from the code. */
@NullMarked
package io.github.externalstorage.docs;

import org.jspecify.annotations.NullMarked;
