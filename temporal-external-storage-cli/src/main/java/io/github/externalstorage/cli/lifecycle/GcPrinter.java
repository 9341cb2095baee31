package io.github.externalstorage.cli.lifecycle;

import io.github.externalstorage.lifecycle.GcListener;
import io.github.externalstorage.lifecycle.GcResult;
import io.github.externalstorage.lifecycle.GcUndoResult;

/** Prints what garbage collection finds and does. */
interface GcPrinter extends GcListener {

  /** A run is complete. */
  void finish(GcResult result, boolean deletes);

  /** An undo is complete. */
  void finish(GcUndoResult result);
}
