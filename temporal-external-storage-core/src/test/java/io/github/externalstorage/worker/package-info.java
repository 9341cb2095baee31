/**
 * Storage at real clients and workers: what they store, for whom, and what happens when it fails.
 */
@NullMarked
package io.github.externalstorage.worker;

import org.jspecify.annotations.NullMarked;
