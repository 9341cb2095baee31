@NullMarked
package io.github.externalstorage.cli.auth;

import org.jspecify.annotations.NullMarked;
