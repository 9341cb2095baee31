/** Tests for storage drivers, and help for tests of workflows whose payloads are stored. */
@NullMarked
package io.github.externalstorage.testkit;

import org.jspecify.annotations.NullMarked;
