package io.github.externalstorage.cli.lifecycle;

import io.github.externalstorage.lifecycle.StorageCheckListener;
import io.github.externalstorage.lifecycle.StorageCheckResult;

/** Prints what a check finds. */
interface CheckPrinter extends StorageCheckListener {

  /** The check is complete. */
  void finish(StorageCheckResult result);
}
