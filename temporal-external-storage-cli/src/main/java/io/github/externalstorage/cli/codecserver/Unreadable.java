package io.github.externalstorage.cli.codecserver;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file can't be read, for people. */
final class Unreadable {

  private Unreadable() {}

  static String because(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "can't be read: there is no such file";
    }
    return e instanceof AccessDeniedException
        ? "can't be read: this user may not"
        : "can't be read: " + e.getClass().getSimpleName();
  }
}
