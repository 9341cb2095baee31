package io.github.externalstorage.lifecycle;

import com.google.protobuf.ByteString;
import io.github.externalstorage.lifecycle.GcBuckets.Bucket;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.enums.v1.NamespaceState;
import io.temporal.api.namespace.v1.NamespaceInfo;
import io.temporal.serviceclient.Version;
import java.sql.Connection;
import java.sql.ResultSet;
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

  private static final Payload SAMPLE =
      Payload.newBuilder()
          .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
          .setData(ByteString.copyFromUtf8("\"sample\""))
          .build();

  private final TemporalServer server;
  private final Collection<NamespaceStorage> namespaces;
  private final GcBuckets buckets;

  GcIdentity(TemporalServer server, Collection<NamespaceStorage> namespaces, GcBuckets buckets) {
    this.server = server;
    this.namespaces = namespaces;
    this.buckets = buckets;
  }

  /**
   * The ids of the namespaces, which the server assigns, by their names.
   *
   * @throws LifecycleException if one does not exist
   */
  Map<String, String> namespaceIds() {
    Map<String, String> ids = new TreeMap<>();
    for (NamespaceStorage namespace : namespaces) {
      String name = namespace.getNamespace();
      try {
        NamespaceInfo info = server.describeNamespace(name);
        if (info.getState() == NamespaceState.NAMESPACE_STATE_DELETED) {
          throw new LifecycleException("Namespace '%s' is being deleted".formatted(name));
        }
        ids.put(name, info.getId());
      } catch (StatusRuntimeException e) {
        throw new LifecycleException(
            "Namespace '%s' could not be read from the Temporal server: %s"
                .formatted(name, TemporalServer.explain(e)),
            e);
      }
    }
    return ids;
  }

  /**
   * Checks that the namespaces still exist: if one was deleted meanwhile, its runs seemed to vanish
   * one by one.
   *
   * @param expected what {@link #namespaceIds} was at the beginning
   * @throws LifecycleException if one does not exist, or another one has its name
   */
  void requireUnchanged(Map<String, String> expected) {
    Map<String, String> present = namespaceIds();
    if (!present.equals(expected)) {
      throw new LifecycleException(
          "A namespace was deleted and created again meanwhile: ids were %s and are %s"
              .formatted(expected, present));
    }
  }

  /**
   * Checks that a state file is about the same, or writes it if the file is new. If only a codec,
   * this program or the Temporal SDK has changed, forgets the marks that are kept, since the former
   * one may have found fewer references.
   *
   * @throws LifecycleException if it is about something else
   */
  void bind(Connection connection, Map<String, String> namespaceIds) throws SQLException {
    Map<String, String> identity = new TreeMap<>();
    namespaceIds.forEach((name, id) -> identity.put(NAMESPACE + name, id));
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
      readers.forEach(identity::put);
      for (Map.Entry<String, String> entry : identity.entrySet()) {
        Sql.execute(
            connection,
            "INSERT OR REPLACE INTO identity VALUES (?, ?)",
            entry.getKey(),
            entry.getValue());
      }
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
      readers.put(CODEC + namespace.getNamespace(), namespace.describeCodec(SAMPLE));
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
    try (var query = connection.prepareStatement("SELECT name, value FROM identity");
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        identity.put(rows.getString(1), rows.getString(2));
      }
    }
    return identity;
  }
}
