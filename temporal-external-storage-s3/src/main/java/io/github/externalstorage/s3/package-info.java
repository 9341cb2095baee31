/** Stores large payloads in Amazon S3 or an S3-compatible server. */
@NullMarked
package io.github.externalstorage.s3;

import org.jspecify.annotations.NullMarked;
