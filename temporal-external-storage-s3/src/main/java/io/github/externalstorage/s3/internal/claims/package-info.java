/** Which object a payload is stored as, and which one a claim refers to. Not API. */
@NullMarked
package io.github.externalstorage.s3.internal.claims;

import org.jspecify.annotations.NullMarked;
