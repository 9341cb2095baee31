/** Storing to and retrieving from S3, with this library and with what it is compared to. */
@NullMarked
package io.github.externalstorage.benchmarks.transfers;

import org.jspecify.annotations.NullMarked;
