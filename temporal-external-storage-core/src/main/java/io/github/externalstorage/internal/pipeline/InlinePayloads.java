package io.github.externalstorage.internal.pipeline;

import com.google.common.base.Ticker;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import io.github.externalstorage.internal.layers.Notifications;
import io.github.externalstorage.internal.text.Quoted;
import io.github.externalstorage.options.InlinePayloadsEvent;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.context.HasWorkflowSerializationContext;
import io.temporal.payload.context.SerializationContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what workflows keep inline. One gRPC message holds all that a workflow task schedules, and
 * a workflow whose message exceeds 4 MB is terminated.
 */
public final class InlinePayloads {

  static final long WARNING_BYTES = 2L << 20;

  private static final Logger log = LoggerFactory.getLogger(InlinePayloads.class);

  private final int payloadSizeThreshold;
  private final Notifications notifications;
  private final LoadingCache<Key, AtomicLong> bytes;

  public InlinePayloads(int payloadSizeThreshold, Notifications notifications, Ticker ticker) {
    this.payloadSizeThreshold = payloadSizeThreshold;
    this.notifications = notifications;
    // An entry is the minute of one workflow. Beyond the maximum, the oldest entries are dropped.
    bytes =
        CacheBuilder.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofMinutes(1))
            .ticker(ticker)
            .build(CacheLoader.from(() -> new AtomicLong()));
  }

  /** Counts those of the payloads that are smaller than the threshold. */
  public void count(List<Payload> payloads, @Nullable SerializationContext context) {
    if (!(context instanceof HasWorkflowSerializationContext workflow)
        || workflow.getWorkflowId() == null) {
      return;
    }
    long size = 0;
    for (Payload payload : payloads) {
      int payloadSize = payload.getSerializedSize();
      size += payloadSize < payloadSizeThreshold ? payloadSize : 0;
    }
    Key key = new Key(workflow.getNamespace(), workflow.getWorkflowId());
    long total = bytes.getUnchecked(key).addAndGet(size);
    if (total > WARNING_BYTES && total - size <= WARNING_BYTES) {
      warn(key, total);
    }
  }

  private void warn(Key key, long total) {
    log.warn(
        "Inline payloads of workflow {} in namespace {} added up to {} bytes within a minute. If one"
            + " workflow task sends over 4 MB, the workflow is terminated: lower the"
            + " payloadSizeThreshold of ExternalStorage, or send fewer payloads at once",
        Quoted.of(key.workflowId),
        Quoted.of(key.namespace),
        total);
    notifications.send(
        listener ->
            listener.onInlinePayloads(
                InlinePayloadsEvent.of(key.namespace, key.workflowId, total)));
  }

  private record Key(String namespace, String workflowId) {}
}
