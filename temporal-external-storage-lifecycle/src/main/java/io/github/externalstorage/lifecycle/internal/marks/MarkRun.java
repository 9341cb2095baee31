package io.github.externalstorage.lifecycle.internal.marks;

import io.github.externalstorage.lifecycle.PayloadLocation.Kind;
import io.github.externalstorage.lifecycle.internal.state.StateFile;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * What the mark phase is a part of: a run of garbage collection, for example.
 *
 * @param id its number in the state file
 * @param startedAt when the mark began
 * @param commit writes a page to the state file, and reports the progress
 * @param unsupported is called with a namespace and what this version of its server does not have
 */
public record MarkRun(
    long id,
    Instant startedAt,
    Consumer<StateFile.Change> commit,
    BiConsumer<String, Kind> unsupported) {}
