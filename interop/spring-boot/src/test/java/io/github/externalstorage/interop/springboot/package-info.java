/** An application with Temporal's Spring Boot starter. */
@NullMarked
package io.github.externalstorage.interop.springboot;

import org.jspecify.annotations.NullMarked;
