package io.github.externalstorage.driver;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists a page of the files that hold payloads, directory by directory, each in the order of its
 * names. For one page; not thread-safe.
 */
final class FileListing {

  private static final String TOP = "v0";

  private final FileTree tree;
  private final ListObjectsRequest request;
  private final int maxEntries;
  private final Runnable progress;
  private final List<ListedObject> objects = new ArrayList<>();
  private final List<String> prefixes = new ArrayList<>();

  /** The last key or prefix on this page or, at first, on the page before. */
  private String last;

  private boolean hasMore;

  /**
   * @param progress called for each entry of a directory; may throw an exception to end the call
   */
  FileListing(FileTree tree, ListObjectsRequest request, int maxEntries, Runnable progress) {
    this.tree = tree;
    this.request = request;
    this.maxEntries = maxEntries;
    this.progress = progress;
    last = request.pageToken();
  }

  ObjectPage run() throws IOException {
    try (FileDirectory root = FileDirectory.open(tree.root())) {
      visit(root, "", TOP);
    }
    return new ObjectPage(objects, prefixes, hasMore ? last : "");
  }

  private void visit(FileDirectory parent, String path, String name) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = parent.attributes(name);
    } catch (NoSuchFileException e) {
      return;
    }
    if (attributes.isDirectory()) {
      visitDirectory(parent, path, name);
    } else if (attributes.isRegularFile()) {
      visitFile(path + name, attributes);
    }
  }

  private void visitDirectory(FileDirectory parent, String path, String name) throws IOException {
    String directoryPath = path + name + "/";
    try (FileDirectory directory = parent.openDirectory(name)) {
      List<String> names =
          directory.names(
              entry -> {
                progress.run();
                return mayHoldEntries(directoryPath, entry);
              });
      names.sort(null);
      for (String entry : names) {
        // Checked again, since the page may have got the prefix of these entries meanwhile.
        if (!hasMore && mayHoldEntries(directoryPath, entry)) {
          visit(directory, directoryPath, entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      // It has vanished meanwhile.
    }
  }

  /** Whether there may be objects to list at or below an entry of a directory. */
  private boolean mayHoldEntries(String directoryPath, String name) {
    String entry = directoryPath + name;
    String prefix = request.prefix();
    if (!entry.startsWith(prefix) && !prefix.startsWith(entry + "/")) {
      return false;
    }
    if (isInLastPrefix(entry + "/")) {
      return false;
    }
    if (!last.startsWith(directoryPath)) {
      return true;
    }
    String rest = last.substring(directoryPath.length());
    int end = rest.indexOf('/');
    int order = name.compareTo(end < 0 ? rest : rest.substring(0, end));
    return order > 0 || (order == 0 && end >= 0);
  }

  /** Whether the last entry is a prefix, which stands for the key or for all keys below it. */
  private boolean isInLastPrefix(String keyOrDirectory) {
    return last.length() > request.prefix().length()
        && !request.delimiter().isEmpty()
        && last.endsWith(request.delimiter())
        && keyOrDirectory.startsWith(last);
  }

  private void visitFile(String key, BasicFileAttributes attributes) {
    if (!key.startsWith(request.prefix()) || !FileNames.isKey(key)) {
      return;
    }
    if (objects.size() + prefixes.size() == maxEntries) {
      hasMore = true;
      return;
    }
    String common = request.commonPrefix(key);
    if (common.isEmpty()) {
      objects.add(FileTree.listed(key, attributes));
      last = key;
    } else {
      prefixes.add(common);
      last = common;
    }
  }
}
