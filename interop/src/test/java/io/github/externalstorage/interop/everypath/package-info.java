/**
 * The Java twin of {@code interop/python/every_path.py}: the same names on the wire, so that a
 * worker or starter of either can stand in for the other's.
 */
@NullMarked
package io.github.externalstorage.interop.everypath;

import org.jspecify.annotations.NullMarked;
