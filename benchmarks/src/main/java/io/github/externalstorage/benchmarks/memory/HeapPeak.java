package io.github.externalstorage.benchmarks.memory;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * The most that was left on the heap by a garbage collection: what was in use, not what was free.
 */
final class HeapPeak {

  private final AtomicLong peak = new AtomicLong();

  HeapPeak() {
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) collector)
          .addNotificationListener((notification, none) -> collected(notification), null, null);
    }
  }

  /** In MiB, since the last call. */
  long take() {
    System.gc();
    return peak.getAndSet(0) >> 20;
  }

  private void collected(Notification notification) {
    GcInfo collection =
        GarbageCollectionNotificationInfo.from((CompositeData) notification.getUserData())
            .getGcInfo();
    long used =
        collection.getMemoryUsageAfterGc().values().stream().mapToLong(MemoryUsage::getUsed).sum();
    peak.accumulateAndGet(used, Math::max);
  }
}
