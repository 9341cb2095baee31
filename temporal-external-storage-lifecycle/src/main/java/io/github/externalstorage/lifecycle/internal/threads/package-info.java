/** Work on several items at once. */
@NullMarked
package io.github.externalstorage.lifecycle.internal.threads;

import org.jspecify.annotations.NullMarked;
