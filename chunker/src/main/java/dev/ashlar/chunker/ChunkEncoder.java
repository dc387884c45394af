package dev.ashlar.chunker;

import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.Compression;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Encodes chunks from any number of threads; a codec is made for each thread that is at it at once.
 *
 * <p>Most large files are weights, images or archives that nothing makes shorter. So two samples of
 * a chunk are compressed first, and the chunk only if a sample has become shorter by a 32nd.
 */
final class ChunkEncoder {
  private static final int SAMPLE_BYTES = 4 << 10;
  private static final int SAMPLED_FROM = 8 * SAMPLE_BYTES;

  private final Queue<ChunkCodec> idle = new ConcurrentLinkedQueue<>();

  /**
   * Writes the stored form to {@code target}, which has room for {@link
   * ChunkCodec#STORED_BYTES_MAX} bytes, and returns its length.
   */
  int encode(byte[] chunk, int length, Compression wanted, byte[] target) {
    var polled = idle.poll();
    var codec = polled == null ? new ChunkCodec() : polled;
    boolean worthwhile =
        length < SAMPLED_FROM
            || shrinks(codec, chunk, length / 4, wanted, target)
            || shrinks(codec, chunk, length / 4 * 3, wanted, target);
    int stored = codec.encode(chunk, 0, length, worthwhile ? wanted : Compression.NONE, target, 0);
    idle.add(codec);
    return stored;
  }

  private static boolean shrinks(
      ChunkCodec codec, byte[] chunk, int offset, Compression wanted, byte[] scratch) {
    int stored = codec.encode(chunk, offset, SAMPLE_BYTES, wanted, scratch, 0);
    return stored <= SAMPLE_BYTES - SAMPLE_BYTES / 32;
  }
}
