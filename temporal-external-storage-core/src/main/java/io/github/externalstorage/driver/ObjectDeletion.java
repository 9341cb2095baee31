package io.github.externalstorage.driver;

/**
 * The outcome of a deletion. Immutable.
 *
 * @param deleted whether the object was deleted; false if it was written or deleted by others
 *     meanwhile
 * @param isUnknown whether an earlier attempt, whose response was lost, may have deleted the
 *     object: at the last attempt, it was missing or not the listed one
 * @param undoToken for {@link ObjectStore#restoreObject}; empty if the deletion can't be undone
 */
public record ObjectDeletion(boolean deleted, boolean isUnknown, String undoToken) {

  /** The outcome of a single attempt. */
  public ObjectDeletion(boolean deleted, String undoToken) {
    this(deleted, false, undoToken);
  }

  /** The object was left alone, since it is not the one that was listed. */
  public static ObjectDeletion changed() {
    return new ObjectDeletion(false, "");
  }

  /** It is not known whether an earlier attempt deleted the object. */
  public static ObjectDeletion unknown() {
    return new ObjectDeletion(false, true, "");
  }
}
