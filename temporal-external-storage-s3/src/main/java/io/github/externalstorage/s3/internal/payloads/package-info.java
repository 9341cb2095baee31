/** The upload and the download of one payload. Not API. */
@NullMarked
package io.github.externalstorage.s3.internal.payloads;

import org.jspecify.annotations.NullMarked;
