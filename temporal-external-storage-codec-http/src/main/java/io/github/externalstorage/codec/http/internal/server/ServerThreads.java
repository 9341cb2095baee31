package io.github.externalstorage.codec.http.internal.server;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads on which the JDK's server runs exchanges. The server also reads the heads of requests
 * on them, so slow clients need a deadline here as well. If no more threads can be created,
 * exchanges wait for one, and the slowest client is disconnected.
 */
final class ServerThreads implements Executor {

  private static final Logger log = LoggerFactory.getLogger(ServerThreads.class);

  /** Started first, since later the system may not allow any. */
  private static final int CORE_THREADS = 4;

  private static final long KEEP_ALIVE_SECONDS = 30;
  private static final ThreadLocal<ClientWait> heads = new ThreadLocal<>();

  private final ClientWaits waits;
  private final Duration clientTimeout;

  private final LinkedTransferQueue<Runnable> queue = new HandOver();
  private final ThreadPoolExecutor threads;

  ServerThreads(int maxThreads, ClientWaits waits, Duration clientTimeout) {
    this(maxThreads, waits, clientTimeout, daemons());
  }

  ServerThreads(int maxThreads, ClientWaits waits, Duration clientTimeout, ThreadFactory factory) {
    this.waits = waits;
    this.clientTimeout = clientTimeout;
    threads =
        new ThreadPoolExecutor(
            CORE_THREADS,
            Math.max(CORE_THREADS, maxThreads),
            KEEP_ALIVE_SECONDS,
            TimeUnit.SECONDS,
            queue,
            factory,
            (task, pool) -> enqueue(task));
    threads.prestartAllCoreThreads();
  }

  @Override
  public void execute(Runnable exchange) {
    Runnable task = () -> run(exchange);
    try {
      threads.execute(task);
    } catch (OutOfMemoryError e) {
      // The system allows no further thread.
      log.debug("No further thread can be started", e);
      enqueue(task);
    }
  }

  private void enqueue(Runnable task) {
    if (threads.isShutdown()) {
      throw new RejectedExecutionException("The server is closed");
    }
    queue.put(task);
    waits.interruptSlowest();
  }

  private void run(Runnable exchange) {
    try (ClientWait head = waits.begin(clientTimeout)) {
      heads.set(head);
      if (!queue.isEmpty()) {
        waits.interruptSlowest();
      }
      exchange.run();
    } catch (Throwable e) {
      // A thread must not end, since it may be impossible to start another one.
      log.error("A connection failed", e);
    }
  }

  /** The current thread has received the head of a request. */
  void headReceived() {
    heads.get().close();
  }

  void shutdown() {
    threads.shutdown();
  }

  private static ThreadFactory daemons() {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, "codec-server-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  /**
   * A pool starts threads only when its queue is full; this queue counts as full unless a thread is
   * idle.
   */
  private static final class HandOver extends LinkedTransferQueue<Runnable> {

    private static final long serialVersionUID = 1L;

    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }
  }
}
