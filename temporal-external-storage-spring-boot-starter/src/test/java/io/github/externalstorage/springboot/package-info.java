@NullMarked
package io.github.externalstorage.springboot;

import org.jspecify.annotations.NullMarked;
