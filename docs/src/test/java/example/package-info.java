/** Tests that pages show whole. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
