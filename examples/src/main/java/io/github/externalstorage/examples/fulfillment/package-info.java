/**
 * Shipping orders in batches: the workflow, its activities and their data. The names and the JSON
 * are those of Temporal's sample in other languages, so that any SDK's worker serves any SDK's
 * starter.
 */
@NullMarked
package io.github.externalstorage.examples.fulfillment;

import org.jspecify.annotations.NullMarked;
