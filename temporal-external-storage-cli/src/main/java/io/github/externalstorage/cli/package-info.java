@NullMarked
package io.github.externalstorage.cli;

import org.jspecify.annotations.NullMarked;
