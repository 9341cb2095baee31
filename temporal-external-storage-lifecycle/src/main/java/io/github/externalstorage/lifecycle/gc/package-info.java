/**
 * Deletes stored payloads that nothing in Temporal refers to; nothing else here deletes anything.
 */
@NullMarked
package io.github.externalstorage.lifecycle.gc;

import org.jspecify.annotations.NullMarked;
