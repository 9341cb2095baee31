package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.marks.MarkTable;
import io.github.externalstorage.lifecycle.internal.state.Sql;
import io.github.externalstorage.lifecycle.internal.storage.Buckets;
import io.github.externalstorage.lifecycle.internal.storage.Buckets.Bucket;
import io.github.externalstorage.lifecycle.internal.temporal.NamespaceIds;
import io.temporal.serviceclient.Version;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the state file is about: the namespaces of a server, by their ids, and the buckets. */
final class GcIdentity {

  private static final String NAMESPACE = "namespace ";
  private static final String BUCKET = "bucket ";
  private static final String CODEC = "codec ";
  private static final String READER = "reader";

  /** To be raised whenever references are found that were not found before. */
  private static final int MARKS_VERSION = 1;

  private final Collection<NamespaceStorage> namespaces;
  private final Buckets buckets;

  GcIdentity(Collection<NamespaceStorage> namespaces, Buckets buckets) {
    this.namespaces = namespaces;
    this.buckets = buckets;
  }

  /**
   * Checks that a state file is about the same, or writes it if the file is new. If only a codec,
   * this program or the Temporal SDK has changed, forgets the marks that are kept, since the former
   * one may have found fewer references.
   *
   * @throws LifecycleException if it is about something else
   */
  void bind(Connection connection, NamespaceIds ids) throws SQLException {
    Map<String, String> identity = new TreeMap<>();
    ids.byName().forEach((name, id) -> identity.put(NAMESPACE + name, id));
    for (Bucket bucket : buckets.all()) {
      identity.put(BUCKET + bucket.id(), "");
    }
    Map<String, String> readers = readers();
    Map<String, String> former = read(connection);
    Map<String, String> formerReaders = new TreeMap<>(former);
    formerReaders.keySet().removeIf(name -> !name.startsWith(CODEC) && !name.equals(READER));
    former.keySet().removeAll(formerReaders.keySet());
    if (!former.isEmpty() && !former.equals(identity)) {
      throw new LifecycleException(
          ("The state file belongs to %s, but this run is about %s: use the same configuration, or"
                  + " a new state file, with which all objects begin their quarantine again")
              .formatted(describe(former), describe(identity)));
    }
    if (!formerReaders.equals(readers)) {
      MarkTable.clear(connection);
      identity.putAll(readers);
      Sql.executeEach(
          connection,
          "INSERT OR REPLACE INTO identity VALUES (?, ?)",
          identity.entrySet(),
          entry -> List.of(entry.getKey(), entry.getValue()));
    }
  }

  /**
   * What decides which references are found, by names in the file: this program, the version of
   * Temporal's API, and what the codecs after storage make of a sample.
   */
  Map<String, String> readers() {
    Map<String, String> readers = new TreeMap<>();
    readers.put(READER, MARKS_VERSION + ", Temporal SDK " + Version.LIBRARY_VERSION);
    for (NamespaceStorage namespace : namespaces) {
      readers.put(
          CODEC + namespace.getNamespace(), CodecFingerprint.of(namespace.getPostStorageCodec()));
    }
    return readers;
  }

  private static List<String> describe(Map<String, String> identity) {
    return identity.entrySet().stream()
        .map(
            entry ->
                entry.getValue().isEmpty()
                    ? entry.getKey()
                    : entry.getKey() + " (id " + entry.getValue() + ")")
        .toList();
  }

  private static Map<String, String> read(Connection connection) throws SQLException {
    Map<String, String> identity = new TreeMap<>();
    Sql.list(
            connection,
            row -> Map.entry(row.getString(1), row.getString(2)),
            "SELECT name, value FROM identity")
        .forEach(entry -> identity.put(entry.getKey(), entry.getValue()));
    return identity;
  }
}
