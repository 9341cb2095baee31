/** Contract tests for storage drivers, and tools for testing workflows with stored payloads. */
@NullMarked
package io.github.externalstorage.testkit;

import org.jspecify.annotations.NullMarked;
