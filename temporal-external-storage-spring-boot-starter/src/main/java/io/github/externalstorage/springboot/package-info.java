/** External storage for applications with Temporal's Spring Boot starter. */
@NullMarked
package io.github.externalstorage.springboot;

import org.jspecify.annotations.NullMarked;
