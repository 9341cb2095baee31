package io.github.externalstorage.interop.springboot;

import io.temporal.activity.ActivityInterface;

/** Takes what a workflow brings, and gives it back. */
@ActivityInterface
public interface InboxActivities {
  String receive(String parcel);
}
