/** The commands that read what Temporal and the storage hold. */
@NullMarked
package io.github.externalstorage.cli.lifecycle;

import org.jspecify.annotations.NullMarked;
