/**
 * A fulfillment center that keeps its large payloads in S3. Start reading with {@link
 * io.github.externalstorage.examples.PayloadStorage}, the set-up that worker, starter and codec
 * server share; then {@link io.github.externalstorage.examples.WorkerCommand}, {@link
 * io.github.externalstorage.examples.StarterCommand}, and the workflow in the package {@code
 * fulfillment}, which is the same with and without external storage.
 */
@NullMarked
package io.github.externalstorage.examples;

import org.jspecify.annotations.NullMarked;
