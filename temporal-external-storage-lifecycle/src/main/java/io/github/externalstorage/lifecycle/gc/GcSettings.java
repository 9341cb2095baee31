package io.github.externalstorage.lifecycle.gc;

import io.github.externalstorage.lifecycle.NamespaceStorage;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import io.github.externalstorage.lifecycle.internal.temporal.TemporalServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** What {@link GarbageCollection.Builder} sets. */
record GcSettings(
    TemporalServer server,
    List<NamespaceStorage> namespaces,
    double storageRate,
    Path stateFile,
    StateFile.CommitListener commitListener,
    List<Path> roots,
    boolean full,
    Duration grace,
    boolean delete,
    long maxObjects,
    double maxShare,
    int concurrency,
    InstantSource clock,
    GcListener listener) {}
