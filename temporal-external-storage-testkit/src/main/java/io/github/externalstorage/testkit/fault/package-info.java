/** A proxy that injects faults, for testing how workflows behave when the storage fails. */
@NullMarked
package io.github.externalstorage.testkit.fault;

import org.jspecify.annotations.NullMarked;
