/** A storage driver for Google Cloud Storage. */
@NullMarked
package io.github.externalstorage.gcs;

import org.jspecify.annotations.NullMarked;
