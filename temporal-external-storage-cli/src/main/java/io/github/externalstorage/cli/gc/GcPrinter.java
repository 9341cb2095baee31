package io.github.externalstorage.cli.gc;

import io.github.externalstorage.lifecycle.gc.GcListener;
import io.github.externalstorage.lifecycle.gc.GcResult;
import io.github.externalstorage.lifecycle.gc.GcUndoResult;

/** Prints what garbage collection finds and does. */
interface GcPrinter extends GcListener {

  /** A run is complete. */
  void finish(GcResult result, boolean deletes);

  /** An undo is complete. */
  void finish(GcUndoResult result);
}
