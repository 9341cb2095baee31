package io.github.externalstorage.driver;

import io.github.externalstorage.ExternalStorage;
import io.temporal.api.common.v1.Payload;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps payloads outside of Temporal. This is the one interface to implement for another kind of
 * storage; {@link SinglePayloadStorageDriver} does the batching for storages that have none.
 *
 * <p><b>Batches.</b> Both operations take a list and answer with a list of the same size in the
 * same order. A batch succeeds or fails as a whole; payloads that were stored before a failure may
 * stay stored, so storing the same payload again must be harmless. An {@link ExternalStorage} with
 * a memory, as it has by default, makes a call of its own for each payload, and without one for
 * each payload of a {@link SinglePayloadStorageDriver}.
 *
 * <p><b>Threads.</b> A driver is called from many threads at once and must be thread-safe. A call
 * returns at once: it must not block on I/O, since callers may be shared event loops. The returned
 * future may complete on any thread; whoever continues on it must not block there either.
 *
 * <p><b>Failures</b> arrive only through the returned future, as a {@link StorageException} that
 * says whether a retry can help. Anything else is taken for a defect of the driver and is never
 * retried. A message may name the operation and the place of the object, never its content or a
 * credential.
 *
 * <p><b>Time.</b> A call that gets stuck fails by itself, best within 4 s, so that it can be made
 * again: nobody else cuts it off, and a workflow task has 10 s for all that it does.
 *
 * <p><b>Cancellation.</b> Cancelling the returned future, or the context's {@link
 * CancellationToken}, asks the driver to abort its requests. A driver may ignore it when the work
 * is as good as done.
 *
 * <p><b>Ownership.</b> Lists and payloads are immutable and may be kept. {@link #close()} frees
 * what the driver made itself; clients that were handed to a driver stay their maker's.
 *
 * <p>A driver is held to these rules by {@code StorageDriverContract} of the module {@code
 * temporal-external-storage-testkit}.
 */
public interface StorageDriver extends AutoCloseable {

  /**
   * The name under which references find this driver again. It is written into every reference, so
   * it must never change while references exist: unique among the drivers of an {@link
   * ExternalStorage}, not blank, and the same on every call.
   */
  String getName();

  /**
   * The kind of storage, the same for every instance of the driver, such as {@code aws.s3driver}.
   */
  String getType();

  /**
   * Stores payloads durably before the future completes.
   *
   * @param context what the payloads belong to, and the caller's cancellation
   * @param payloads at least one payload, each at most {@link #getMaxPayloadSize()}
   * @return one claim per payload, in their order; fails with {@link
   *     StorageException.Reason#TOO_LARGE} if a payload is larger
   */
  CompletableFuture<List<StorageDriverClaim>> store(
      StorageDriverStoreContext context, List<Payload> payloads);

  /**
   * Retrieves payloads exactly as they were stored. Claims come from workflow histories and may be
   * forged: one that points outside of what this driver is configured for is refused before any
   * request is made.
   *
   * @param context the caller's cancellation
   * @param claims at least one claim
   * @return one payload per claim, in their order; fails with {@link
   *     StorageException.Reason#NOT_FOUND} for a missing object, {@link
   *     StorageException.Reason#CORRUPTED} for one that is not what was stored, {@link
   *     StorageException.Reason#INVALID_CLAIM} for a claim that is malformed or not this driver's
   */
  CompletableFuture<List<Payload>> retrieve(
      StorageDriverRetrieveContext context, List<StorageDriverClaim> claims);

  /**
   * Refuses a claim that is malformed or points outside of what this driver is configured for,
   * without any I/O. {@link #retrieve} makes the same check; this method lets a caller make it
   * before a cache is asked.
   *
   * @throws StorageException with {@link StorageException.Reason#INVALID_CLAIM}
   */
  default void validateClaim(StorageDriverClaim claim) {}

  /**
   * The Temporal namespace whose data a claim points to, as far as the claim tells. A server that
   * serves several namespaces uses it to keep them apart.
   *
   * @return empty when the claim names no namespace
   * @throws StorageException with {@link StorageException.Reason#INVALID_CLAIM} if the claim is not
   *     one that {@link #validateClaim} accepts
   */
  default Optional<String> getNamespace(StorageDriverClaim claim) {
    return Optional.empty();
  }

  /**
   * The claim under which a payload would be stored, where that can be told without I/O, as it can
   * where objects are addressed by their content. Storing a payload that has such a claim again
   * must be the same as not storing it: {@link ExternalStorage} then stores equal payloads once. It
   * passes the claim on in the context, so that a driver hashes a payload once.
   *
   * @return empty where only storing tells; the default. Whether the payload can be stored, as by
   *     its size, is not checked here
   */
  default Optional<StorageDriverClaim> getClaim(
      StorageDriverStoreContext context, Payload payload) {
    return Optional.empty();
  }

  /** The largest payload that can be stored, in bytes of its serialized form. Default: no limit. */
  default long getMaxPayloadSize() {
    return Long.MAX_VALUE;
  }

  /** Frees what this driver made itself. May be called more than once. Default: nothing to free. */
  @Override
  default void close() {}
}
