/** Determines the age at which a lifecycle rule of a bucket can delete objects safely. */
@NullMarked
package io.github.externalstorage.lifecycle.plan;

import org.jspecify.annotations.NullMarked;
