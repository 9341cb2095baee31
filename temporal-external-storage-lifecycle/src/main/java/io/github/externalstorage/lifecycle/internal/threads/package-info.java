/** Work on several items at once. Not API. */
@NullMarked
package io.github.externalstorage.lifecycle.internal.threads;

import org.jspecify.annotations.NullMarked;
