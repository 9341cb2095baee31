/** How requests are sent, and what their failures mean. Not API. */
@NullMarked
package io.github.externalstorage.gcs.internal.requests;

import org.jspecify.annotations.NullMarked;
