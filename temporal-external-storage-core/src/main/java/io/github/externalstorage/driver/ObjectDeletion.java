package io.github.externalstorage.driver;

/**
 * What became of a deletion.
 *
 * @param deleted whether the object was deleted; false if it was written or deleted by others
 *     meanwhile
 * @param undoToken for {@link ObjectStore#restoreObject}; empty if the deletion can't be undone
 */
public record ObjectDeletion(boolean deleted, String undoToken) {

  /** The object was left alone, since it is not the one that was listed. */
  public static ObjectDeletion changed() {
    return new ObjectDeletion(false, "");
  }
}
