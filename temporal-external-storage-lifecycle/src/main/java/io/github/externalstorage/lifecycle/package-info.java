/**
 * For operators: which stored payloads Temporal refers to. {@code check} finds out whether they
 * still exist, {@code gc} deletes the others, {@code plan} determines a safe lifecycle rule, {@code
 * usage} adds up what is stored, and {@code history} reads single payloads and whole histories.
 * This package has what they share. Only {@code gc} deletes anything. Needs the Temporal Java SDK
 * 1.39 or later.
 */
@NullMarked
package io.github.externalstorage.lifecycle;

import org.jspecify.annotations.NullMarked;
