/** A fulfillment center whose large payloads live in S3. */
@NullMarked
package io.github.externalstorage.examples;

import org.jspecify.annotations.NullMarked;
