/** What an external storage can be set up with: retries, and a listener with its events. */
@NullMarked
package io.github.externalstorage.options;

import org.jspecify.annotations.NullMarked;
