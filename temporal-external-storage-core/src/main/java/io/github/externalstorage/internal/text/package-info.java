/** Text from elsewhere, made fit for messages. Not API. */
@NullMarked
package io.github.externalstorage.internal.text;

import org.jspecify.annotations.NullMarked;
