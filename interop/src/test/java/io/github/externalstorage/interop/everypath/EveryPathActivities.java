package io.github.externalstorage.interop.everypath;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** The activities, by their names on the wire. */
@ActivityInterface
public interface EveryPathActivities {

  @ActivityMethod(name = "every_path_exchange")
  Cargo exchange(Cargo cargo);

  /** Leaves details with its first attempt; the second one reads them. */
  @ActivityMethod(name = "every_path_heartbeat")
  void heartbeat(Step step);

  /** Fails with a cargo in the details. */
  @ActivityMethod(name = "every_path_fail")
  void fail(Step step);

  /** Is completed by the starter. */
  @ActivityMethod(name = "every_path_async")
  Cargo completeLater(Step step);
}
