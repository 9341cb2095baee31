package io.github.externalstorage.driver;

import com.google.common.base.Ascii;
import com.google.common.base.Strings;
import io.github.externalstorage.driver.FileDirectory.NotRegularFileException;
import io.github.externalstorage.driver.FileDirectory.SymbolicLinkException;
import io.github.externalstorage.driver.StorageException.Reason;
import io.github.externalstorage.internal.text.FailureDetails;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What can go wrong with a file, and its remedy. */
enum FileFault {
  NOT_FOUND(
      Reason.NOT_FOUND,
      true,
      "the file does not exist; it was deleted, or another machine has written it and it is not"
          + " visible here yet"),
  NO_ROOT(
      Reason.UNAVAILABLE,
      true,
      "the driver's directory does not exist; create it, or mount the volume that it is on"),
  DENIED(
      Reason.ACCESS_DENIED,
      false,
      "access was denied; let the user of this process read the driver's directory and everything"
          + " in it, and write to it if it stores or deletes payloads"),
  LINK(
      Reason.ACCESS_DENIED,
      false,
      "a part of the path below the driver's directory is a symbolic link, which is not followed;"
          + " only the directory itself may be one"),
  NOT_A_FILE(
      Reason.CORRUPTED, false, "there is something else in the place of a file or a directory"),
  FULL(
      Reason.UNAVAILABLE,
      true,
      "no space is left; delete payloads that are no longer referenced, or enlarge the volume"),
  SEVERAL_VOLUMES(
      Reason.MISCONFIGURED,
      false,
      "'tmp' and 'v0' in the driver's directory must be on the same volume"),
  IO(Reason.UNAVAILABLE, true, "the file system reported an error"),
  STALLED(
      Reason.UNAVAILABLE,
      true,
      "the file system made no progress within the driver's stallTimeout"),
  TOO_LARGE(
      Reason.TOO_LARGE,
      false,
      "the file is larger than allowed; raise the driver's maxPayloadSize"),
  CHANGED(
      Reason.CORRUPTED,
      false,
      "integrity check failed: the file's SHA-256 does not match the claim, so it was changed or"
          + " damaged"),
  UNPARSABLE(Reason.CORRUPTED, false, "the file is not a serialized payload"),
  CLOSED(
      Reason.MISCONFIGURED,
      false,
      "the driver or its executor is closed; close it after the workers and clients that use it"),
  BUSY(Reason.UNAVAILABLE, true, "the driver's executor rejected the operation; enlarge its queue");

  private final Reason reason;
  private final boolean retryable;
  private final String remedy;

  FileFault(Reason reason, boolean retryable, String remedy) {
    this.reason = reason;
    this.retryable = retryable;
    this.remedy = remedy;
  }

  /**
   * What a failure of the file system means.
   *
   * @param root the driver's directory
   * @param size how many bytes were to be written; 0 if none
   */
  static FileFault of(IOException failure, Path root, long size) {
    if (failure instanceof NoSuchFileException || failure instanceof NotDirectoryException) {
      if (!Files.isDirectory(root)) {
        return NO_ROOT;
      }
      return failure instanceof NoSuchFileException ? NOT_FOUND : NOT_A_FILE;
    }
    if (failure instanceof SymbolicLinkException) {
      return LINK;
    }
    if (failure instanceof NotRegularFileException) {
      return NOT_A_FILE;
    }
    if (failure instanceof AccessDeniedException) {
      return DENIED;
    }
    if (failure instanceof AtomicMoveNotSupportedException) {
      return SEVERAL_VOLUMES;
    }
    if (failure instanceof EOFException) {
      return CHANGED;
    }
    return isFull(failure, root, size) ? FULL : IO;
  }

  /** Java has no exception type for this. */
  private static boolean isFull(IOException failure, Path root, long size) {
    String message = Ascii.toLowerCase(Strings.nullToEmpty(failure.getMessage()));
    if (message.contains("no space left") || message.contains("quota exceeded")) {
      return true;
    }
    try {
      return Files.getFileStore(root).getUsableSpace() < size;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @param operation the operation, such as "store"
   * @param file the file, whose name consists of printable ASCII characters below the root
   */
  StorageException failure(String operation, Path file, @Nullable Throwable cause) {
    return failure(operation, file, "", cause);
  }

  /**
   * @param details further details, such as ", size=3"
   */
  StorageException failure(String operation, Path file, String details, @Nullable Throwable cause) {
    return new StorageException(
        reason,
        retryable,
        "File %s failed [file=%s%s%s, retryable=%s]: %s"
            .formatted(
                operation,
                file,
                details,
                cause == null ? "" : FailureDetails.ofCause(cause),
                retryable,
                remedy),
        cause);
  }
}
