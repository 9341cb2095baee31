package io.github.externalstorage.driver;

/**
 * Which objects to list. Immutable.
 *
 * @param bucket one of {@link ObjectStore#getBuckets}
 * @param prefix the beginning of their keys; empty for all
 * @param delimiter if not empty, keys that contain it after the prefix are not listed; the page has
 *     their beginnings up to the delimiter instead, each once
 * @param pageToken {@link ObjectPage#nextPageToken} of the page before; empty for the first page
 */
public record ListObjectsRequest(String bucket, String prefix, String delimiter, String pageToken) {

  /** Requests the first page of all objects whose keys begin with the prefix. */
  public static ListObjectsRequest of(String bucket, String prefix) {
    return new ListObjectsRequest(bucket, prefix, "", "");
  }

  /** Requests another page of the same list. */
  public ListObjectsRequest withPageToken(String token) {
    return new ListObjectsRequest(bucket, prefix, delimiter, token);
  }

  /**
   * The beginning of a key that stands for it on a page; empty if the key itself is on the page.
   *
   * @param key begins with the prefix
   */
  String commonPrefix(String key) {
    int index = delimiter.isEmpty() ? -1 : key.indexOf(delimiter, prefix.length());
    return index < 0 ? "" : key.substring(0, index + delimiter.length());
  }
}
