/** Tests that no secret appears in logs, messages and replies, whatever fails. */
@NullMarked
package io.github.externalstorage.examples.secrets;

import org.jspecify.annotations.NullMarked;
