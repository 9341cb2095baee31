package io.github.externalstorage.lifecycle.internal.marks;

import com.google.protobuf.ByteString;
import io.github.externalstorage.driver.StorageException;
import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.PayloadLocation;
import io.github.externalstorage.lifecycle.internal.state.Counter;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.internal.temporal.LocatedPayload;
import io.github.externalstorage.lifecycle.internal.temporal.PayloadPages.Item;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Collects the marks of one page, and writes them to the state file: at the end, and before that
 * whenever there are many, which limits the memory. Thread-safe.
 */
final class PageMarks {

  /** How many marks of a page, and of one item, are kept in memory. */
  private static final int MAX_MARKS = 20_000;

  private static final int MAX_MARKS_OF_AN_ITEM = 5_000;
  private static final int MAX_PROBLEMS = 10;
  private static final Pattern NOT_PRINTABLE = Pattern.compile("\\p{C}");

  private final StateFile state;
  private final long gcRun;
  private final Map<ByteString, Set<ByteString>> closedRuns = new HashMap<>();
  private final Set<ByteString> openRuns = new HashSet<>();
  private final Set<ByteString> marks = new HashSet<>();
  private final Map<Counter, Long> counts = new HashMap<>();
  private final List<String> problems = new ArrayList<>();
  private int size;

  PageMarks(StateFile state, long gcRun) {
    this.state = state;
    this.gcRun = gcRun;
  }

  synchronized void count(Counter counter, long number) {
    counts.merge(counter, number, Long::sum);
  }

  /**
   * Adds what a run, schedule, activity or operation refers to, after all of it was read.
   *
   * @param keep whether its marks stay valid, because it can't change any more
   */
  private synchronized void finish(Item item, Set<ByteString> keys, boolean keep) {
    size += keys.size();
    if (keep) {
      closedRuns.put(KeyHash.ofRun(item), keys);
    } else {
      marks.addAll(keys);
      if (item.location().kind() == PayloadLocation.Kind.WORKFLOW && !item.closed()) {
        openRuns.add(KeyHash.ofRun(item));
      }
    }
    if (size >= MAX_MARKS) {
      writeNow();
    }
  }

  private synchronized void add(Set<ByteString> keys) {
    size += keys.size();
    marks.addAll(keys);
    if (size >= MAX_MARKS) {
      writeNow();
    }
  }

  private synchronized void problem(String location, StorageException problem) {
    if (problems.size() < MAX_PROBLEMS) {
      // Parts of it come from payloads and file names.
      problems.add(NOT_PRINTABLE.matcher(location + ": " + problem.getMessage()).replaceAll("?"));
    }
  }

  private void writeNow() {
    state.write(this::write);
  }

  /** Writes what was not written yet, and forgets it. */
  synchronized void write(Connection connection) throws SQLException {
    MarkTable.add(connection, marks);
    MarkTable.addOpenRuns(connection, openRuns);
    for (Map.Entry<ByteString, Set<ByteString>> run : closedRuns.entrySet()) {
      MarkTable.addClosedRun(connection, run.getKey(), run.getValue(), gcRun);
    }
    for (Map.Entry<Counter, Long> count : counts.entrySet()) {
      count.getKey().add(connection, count.getValue());
    }
    marks.clear();
    openRuns.clear();
    closedRuns.clear();
    counts.clear();
    size = 0;
  }

  /**
   * Fails if it is unclear what a payload refers to.
   *
   * @throws LifecycleException names the payloads
   */
  synchronized void requireClear() {
    if (!problems.isEmpty()) {
      throw new LifecycleException(
          "It is unclear which objects these payloads refer to, so nothing is deleted:%s"
              .formatted(
                  problems.stream()
                      .map(problem -> System.lineSeparator() + "  " + problem)
                      .reduce("", String::concat)));
    }
  }

  /** Collects the marks of one item. Not thread-safe. */
  final class OfItem {

    private final Set<ByteString> keys = new HashSet<>();
    private boolean complete = true;
    private boolean clear = true;

    void add(List<LocatedPayload> payloads, ReferenceMarker marker) {
      for (LocatedPayload payload : payloads) {
        try {
          add(marker.keys(payload.payload()));
        } catch (StorageException e) {
          problem(payload.location().toString(), e);
        }
      }
    }

    void add(Set<String> referred) {
      if (referred.isEmpty()) {
        return;
      }
      count(Counter.REFERENCES, 1);
      for (String key : referred) {
        keys.add(KeyHash.ofKey(key));
      }
      if (keys.size() >= MAX_MARKS_OF_AN_ITEM) {
        flush();
      }
    }

    /** Gives up keeping the marks: of so large a history there is only one part in memory. */
    private void flush() {
      complete = false;
      PageMarks.this.add(keys);
      keys.clear();
    }

    void problem(String location, StorageException problem) {
      clear = false;
      PageMarks.this.problem(location, problem);
    }

    /**
     * All payloads were added.
     *
     * @param ended whether the item can't change any more
     */
    void finish(Item item, boolean ended) {
      if (!clear) {
        // It has to be read again, also if the marks of the page are written before it is complete.
        PageMarks.this.add(keys);
        return;
      }
      PageMarks.this.finish(item, keys, item.closed() && ended && complete);
    }

    /** All payloads were added; they belong to no item. */
    void finish() {
      flush();
    }
  }
}
