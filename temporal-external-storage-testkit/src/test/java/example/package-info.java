/** The driver of the page "Write a driver", and its test. */
@NullMarked
package example;

import org.jspecify.annotations.NullMarked;
