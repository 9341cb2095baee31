package io.github.externalstorage.lifecycle.internal.marks;

import io.github.externalstorage.driver.StorageException;
import io.temporal.api.common.v1.Payload;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Marks what the payloads of a file refer to. The file does not say which namespace, and so which
 * codec, they are from, so every namespace's codec is tried.
 */
final class RootMarks implements RootFile.Receiver {

  private final Iterable<ReferenceMarker> markers;
  private final PageMarks.OfItem marks;

  RootMarks(Iterable<ReferenceMarker> markers, PageMarks page) {
    this.markers = markers;
    marks = page.new OfItem();
  }

  @Override
  public void payload(String location, Payload payload) {
    Set<String> keys = new HashSet<>();
    boolean isClear = false;
    @Nullable StorageException problem = null;
    for (ReferenceMarker marker : markers) {
      try {
        keys.addAll(marker.keys(payload));
        isClear = true;
      } catch (StorageException e) {
        problem = e;
      }
    }
    if (!isClear && problem != null) {
      marks.problem(location, problem);
    }
    marks.add(keys);
  }

  @Override
  public void text(String text) {
    Set<String> keys = new HashSet<>();
    ReferencedKeys.add(text, keys);
    keys.removeIf(key -> !ReferencedKeys.isKey(key));
    marks.add(keys);
  }

  void finish() {
    marks.finish();
  }
}
