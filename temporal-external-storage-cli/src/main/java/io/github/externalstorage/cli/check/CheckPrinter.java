package io.github.externalstorage.cli.check;

import io.github.externalstorage.lifecycle.check.StorageCheckListener;
import io.github.externalstorage.lifecycle.check.StorageCheckResult;

/** Prints what a check finds. */
interface CheckPrinter extends StorageCheckListener {

  /** The check is complete. */
  void finish(StorageCheckResult result);
}
