package dev.ashlar.objectstore;

import java.util.concurrent.ArrayBlockingQueue;

/**
 * Arrays for stored chunks, used again: the small ranges that clients ask for would otherwise spend
 * a good part of their time on clearing fresh ones. At most four MiB are kept.
 */
final class ChunkBuffers {
  /** Room for two of the largest chunks and their headers: a small range touches no more. */
  static final int BYTES = 264 * 1024;

  private static final int KEPT_MAX = 15;
  private static final ArrayBlockingQueue<byte[]> KEPT = new ArrayBlockingQueue<>(KEPT_MAX);

  private ChunkBuffers() {}

  /** An array of at least so many bytes, which hold anything. */
  static byte[] take(int bytesMin) {
    if (bytesMin > BYTES) {
      return new byte[bytesMin];
    }
    var kept = KEPT.poll();
    return kept == null ? new byte[BYTES] : kept;
  }

  /** Keeps an array that was taken; its giver must not touch it again. */
  static void give(byte[] taken) {
    if (taken.length == BYTES) {
      var _ = KEPT.offer(taken);
    }
  }
}
