package io.github.externalstorage.driver;

import java.util.List;

/**
 * A page of a list of objects. Immutable.
 *
 * @param objects the objects
 * @param prefixes if the request has a delimiter: the beginnings of keys up to and including it
 * @param nextPageToken for the next request; empty if this is the last page
 */
public record ObjectPage(List<ListedObject> objects, List<String> prefixes, String nextPageToken) {

  /** Copies the lists. */
  public ObjectPage {
    objects = List.copyOf(objects);
    prefixes = List.copyOf(prefixes);
  }
}
