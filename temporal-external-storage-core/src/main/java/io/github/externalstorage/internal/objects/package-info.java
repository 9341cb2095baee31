/** What drivers of object storages share. Not API. */
@NullMarked
package io.github.externalstorage.internal.objects;

import org.jspecify.annotations.NullMarked;
