package io.github.externalstorage.interop.springboot;

import io.temporal.activity.ActivityInterface;

/** Receives what a workflow delivers, and returns it. */
@ActivityInterface
public interface InboxActivities {
  String receive(String parcel);
}
