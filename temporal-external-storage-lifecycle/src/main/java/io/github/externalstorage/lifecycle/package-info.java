/**
 * For operators: what Temporal refers to of what is stored. {@code check} finds out whether it
 * still exists, {@code gc} deletes the rest, {@code plan} determines a safe lifecycle rule, {@code
 * usage} adds up, {@code history} reads single payloads and whole histories; this package has what
 * they share. Only {@code gc} deletes anything. Needs the Temporal Java SDK 1.39 or later.
 */
@NullMarked
package io.github.externalstorage.lifecycle;

import org.jspecify.annotations.NullMarked;
