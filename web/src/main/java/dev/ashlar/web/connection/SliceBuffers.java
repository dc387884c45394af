package dev.ashlar.web.connection;

import java.util.concurrent.ArrayBlockingQueue;

/** Arrays in which what leaves in one writing is joined; at most two MiB are kept. */
public final class SliceBuffers {
  /** As much as the JDK gives to a socket at once. */
  public static final int BYTES = 128 * 1024;

  private static final int KEPT_MAX = 16;
  private static final ArrayBlockingQueue<byte[]> KEPT = new ArrayBlockingQueue<>(KEPT_MAX);

  private SliceBuffers() {}

  /** An array that holds anything. */
  public static byte[] take() {
    var kept = KEPT.poll();
    return kept == null ? new byte[BYTES] : kept;
  }

  /** Keeps an array that was taken; its giver must not touch it again. */
  public static void give(byte[] taken) {
    var _ = KEPT.offer(taken);
  }
}
