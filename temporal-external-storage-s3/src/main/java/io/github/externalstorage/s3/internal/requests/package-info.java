/** How requests are sent, and what their failures mean. Not API. */
@NullMarked
package io.github.externalstorage.s3.internal.requests;

import org.jspecify.annotations.NullMarked;
