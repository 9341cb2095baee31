package io.github.externalstorage.cli.codecserver;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that lets others have their turn. Jetty reads frames of HTTP/2 until there is
 * nothing left to read, even in the thread that reads for all connections. A client that sends
 * without a pause would keep that thread forever.
 */
final class FairEndPoint extends SocketChannelEndPoint {

  /** The number of reads, of up to 16 KiB each over TLS, until others have their turn. */
  private static final int TURN = 8;

  private int reads;

  FairEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
    super(channel, selector, key, scheduler);
  }

  /** After its turn, nothing seems to be left, until Jetty asks to be called when there is. */
  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    if (reads == TURN) {
      return 0;
    }
    int filled = super.fill(buffer);
    if (filled > 0) {
      reads++;
    }
    return filled;
  }

  @Override
  protected void needsFillInterest() {
    reads = 0;
    super.needsFillInterest();
  }
}
