/** Servers that fail on purpose, for tests of what becomes of workflows then. */
@NullMarked
package io.github.externalstorage.testkit.fault;

import org.jspecify.annotations.NullMarked;
