/**
 * A fulfillment center: the workflow, its activities and their data. Names and JSON are the same as
 * in Temporal's sample for other languages, so that a worker in one language can serve a starter in
 * another.
 */
@NullMarked
package io.github.externalstorage.examples.fulfillment;

import org.jspecify.annotations.NullMarked;
