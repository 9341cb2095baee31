/** The upload and the download of one payload. Not API. */
@NullMarked
package io.github.externalstorage.gcs.internal.payloads;

import org.jspecify.annotations.NullMarked;
