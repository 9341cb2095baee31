@NullMarked
package io.github.externalstorage.cli.config;

import org.jspecify.annotations.NullMarked;
