package io.github.externalstorage.lifecycle.internal.temporal;

import io.github.externalstorage.lifecycle.LifecycleException;
import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.grpc.StatusRuntimeException;
import io.temporal.api.enums.v1.NamespaceState;
import io.temporal.api.namespace.v1.NamespaceInfo;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** The ids that the server has assigned to namespaces. Immutable. */
public final class NamespaceIds {

  private final TemporalServer server;
  private final Map<String, String> ids;

  private NamespaceIds(TemporalServer server, Map<String, String> ids) {
    this.server = server;
    this.ids = ids;
  }

  /**
   * Reads them.
   *
   * @throws LifecycleException if a namespace does not exist
   */
  public static NamespaceIds read(TemporalServer server, Collection<NamespaceStorage> namespaces) {
    return new NamespaceIds(
        server, read(server, namespaces.stream().map(NamespaceStorage::getNamespace).toList()));
  }

  private static Map<String, String> read(TemporalServer server, Iterable<String> names) {
    Map<String, String> ids = new TreeMap<>();
    for (String name : names) {
      try {
        NamespaceInfo info = server.describeNamespace(name);
        if (info.getState() == NamespaceState.NAMESPACE_STATE_DELETED) {
          throw new LifecycleException("Namespace '%s' is being deleted".formatted(name));
        }
        ids.put(name, info.getId());
      } catch (StatusRuntimeException e) {
        throw TemporalServer.unreadable(name, e);
      }
    }
    return ids;
  }

  /** The ids by the names of the namespaces. */
  public Map<String, String> byName() {
    return new TreeMap<>(ids);
  }

  /**
   * Checks that the namespaces still exist: if one was deleted meanwhile, its runs seemed to vanish
   * one by one.
   *
   * @throws LifecycleException if one does not exist, or another one has its name
   */
  public void requireUnchanged() {
    Map<String, String> present = read(server, ids.keySet());
    if (!present.equals(ids)) {
      throw new LifecycleException(
          "A namespace was deleted and created again meanwhile: ids were %s and are %s"
              .formatted(ids, present));
    }
  }
}
