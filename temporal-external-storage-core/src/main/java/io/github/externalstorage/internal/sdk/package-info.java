/**
 * The native route: drivers, contexts and claims in the terms of the SDK's external storage. Not
 * API.
 */
@NullMarked
package io.github.externalstorage.internal.sdk;

import org.jspecify.annotations.NullMarked;
