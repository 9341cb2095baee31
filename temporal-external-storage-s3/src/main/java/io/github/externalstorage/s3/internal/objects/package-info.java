/**
 * What operators ask about objects and buckets, and how objects are deleted and restored. Not API.
 */
@NullMarked
package io.github.externalstorage.s3.internal.objects;

import org.jspecify.annotations.NullMarked;
