/** That nothing secret gets into logs, messages and replies, whatever fails. */
@NullMarked
package io.github.externalstorage.examples.secrets;

import org.jspecify.annotations.NullMarked;
