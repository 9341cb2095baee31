package io.github.externalstorage.driver;

import io.temporal.api.common.v1.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Keeps payloads outside of Temporal. This is the one interface to implement for another kind of
 * storage: a name, a type, and how to store and to retrieve. All other methods have defaults.
 *
 * <p><b>Payloads.</b> Each call is about one payload. Calls for several payloads run side by side.
 * A call may be made again although it succeeded, so storing the same payload twice must be
 * harmless.
 *
 * <p><b>Threads.</b> A driver is called from many threads at once and must be thread-safe. A call
 * returns at once: it must not block on I/O, since callers may be shared event loops. The returned
 * future may complete on any thread, so what is chained to it must not block either.
 *
 * <p><b>Failures.</b> The returned future fails with a {@link StorageException} that says whether a
 * retry can help. Any other exception counts as a defect of the driver and is never retried. A
 * message may name the operation and the place of the object, never its content or a credential.
 *
 * <p><b>Time.</b> A call that gets stuck must fail by itself, ideally within 4 s, so that it can be
 * retried: callers set no deadline for it, and a workflow task has 10 s for all that it does.
 *
 * <p><b>Cancellation.</b> Cancelling the returned future, or the context's {@link
 * CancellationToken}, asks the driver to abort its requests. A driver may ignore it when the work
 * is nearly done.
 *
 * <p><b>Ownership.</b> Payloads and claims are immutable and may be kept. {@link #close()} frees
 * what the driver created itself; clients that were passed to a driver remain owned by the caller.
 *
 * <p><b>Logs.</b> A driver's {@code toString} is logged when workers start; let it say where
 * payloads are stored, without credentials.
 *
 * <p><b>Operators.</b> {@link #getStoredObjects}, {@link #getObjectStore} and {@link
 * #getStorageBuckets} are for operators only. Workers and clients never call what they return, so
 * they don't need the permissions for it.
 *
 * <p>{@code StorageDriverContract} of the module {@code temporal-external-storage-testkit} checks
 * these rules, and {@link StorageKeyLayout} and {@link PayloadFormat} help to keep them. {@code
 * docs/write-a-driver.md} in the repository shows a whole driver and its test.
 */
public interface StorageDriver extends AutoCloseable {

  /**
   * The name under which references find this driver again. It is written into every reference, so
   * it must never change while references exist: unique among the drivers of an external storage,
   * not blank, and the same on every call.
   */
  String getName();

  /**
   * The kind of storage, the same for every instance of the driver, such as {@code aws.s3driver}.
   */
  String getType();

  /**
   * Stores a payload durably before the future completes.
   *
   * @param context what the payload belongs to, and the caller's cancellation
   * @param payload a payload of at most {@link #getMaxPayloadSize()} bytes
   * @return the claim that retrieves the payload; fails with {@link
   *     StorageException.Reason#TOO_LARGE} if the payload is larger
   */
  CompletableFuture<StorageDriverClaim> store(StorageDriverStoreContext context, Payload payload);

  /**
   * Retrieves a payload exactly as it was stored. Claims come from workflow histories and may be
   * forged: one that points outside of what this driver is configured for must fail before any
   * request is made.
   *
   * @param context the caller's cancellation
   * @param claim what {@link #parseClaim} returned, or a claim that was not parsed yet
   * @return the payload; fails with {@link StorageException.Reason#NOT_FOUND} if the object does
   *     not exist, {@link StorageException.Reason#CORRUPTED} if it is not what was stored, {@link
   *     StorageException.Reason#INVALID_CLAIM} if the claim is malformed or not this driver's
   */
  CompletableFuture<Payload> retrieve(
      StorageDriverRetrieveContext context, StorageDriverClaim claim);

  /**
   * Checks a claim without any I/O, before its payload is looked up in the cache. A driver may
   * return a subclass of {@link StorageDriverClaim} that holds what it parsed, and is then passed
   * that instance, so that it parses a claim once.
   *
   * @return the claim with the entries that {@link #store} writes, so that claims of one object are
   *     equal, and share the cache, even if other SDKs write other entries. Parsing it again
   *     changes nothing. Default: the claim as it is
   * @throws StorageException with {@link StorageException.Reason#INVALID_CLAIM} if the claim is
   *     malformed, or points outside of what this driver is configured for
   */
  default StorageDriverClaim parseClaim(StorageDriverClaim claim) {
    return claim;
  }

  /**
   * The Temporal namespace whose data a claim points to. A server for several namespaces uses it to
   * keep them apart.
   *
   * @param claim what {@link #parseClaim} returned, or a claim that was not parsed yet
   * @return empty, the default, if the claim contains no namespace
   * @throws StorageException with {@link StorageException.Reason#INVALID_CLAIM} as {@link
   *     #parseClaim} does
   */
  default Optional<String> getNamespace(StorageDriverClaim claim) {
    return Optional.empty();
  }

  /**
   * The claim that {@link #store} would return, if it can be computed without I/O, for example
   * because objects are addressed by their content. Equal payloads that are stored at the same time
   * then share a request, and a payload whose object is known to be recent is not stored again, see
   * {@link StorageDriverStoreContext#reportStoredAt}. A hash should come from {@link
   * StorageDriverStoreContext#getContent}, so that it is not computed again when the payload is
   * stored.
   *
   * @return empty, the default, if only storing yields the claim. The payload's size is not checked
   *     here
   */
  default Optional<StorageDriverClaim> getClaim(
      StorageDriverStoreContext context, Payload payload) {
    return Optional.empty();
  }

  /** The largest payload that can be stored, in bytes of its serialized form. Default: no limit. */
  default long getMaxPayloadSize() {
    return Long.MAX_VALUE;
  }

  /**
   * What operators can ask the storage about its objects.
   *
   * @return empty, the default, if the driver does not support it
   */
  default Optional<StoredObjects> getStoredObjects() {
    return Optional.empty();
  }

  /**
   * Lets operators list and delete the storage's objects.
   *
   * @return empty, the default, if the driver does not support it
   */
  default Optional<ObjectStore> getObjectStore() {
    return Optional.empty();
  }

  /**
   * What operators can ask the storage about its buckets.
   *
   * @return empty, the default, if the driver does not support it
   */
  default Optional<StorageBuckets> getStorageBuckets() {
    return Optional.empty();
  }

  /** Frees what this driver created itself. May be called more than once. Default: does nothing. */
  @Override
  default void close() {}
}
