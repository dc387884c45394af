package dev.ashlar.chunker;

import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.ChunkHeader;
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

  /** A chunk's stored form: the first bytes of an array. */
  static final class Stored {
    private final byte[] bytes;
    private final int length;

    private Stored(byte[] bytes, int length) {
      this.bytes = bytes;
      this.length = length;
    }

    byte[] bytes() {
      return bytes;
    }

    int length() {
      return length;
    }
  }

  /**
   * Makes the stored form of a chunk, either in {@code target}, which has room for {@link
   * ChunkCodec#STORED_BYTES_MAX} bytes, or, if the chunk is stored as it is, where it stands.
   *
   * @param framed the chunk behind room for its header
   */
  Stored encode(byte[] framed, int length, Compression wanted, byte[] target) {
    var polled = idle.poll();
    var codec = polled == null ? new ChunkCodec() : polled;
    boolean worthwhile =
        length < SAMPLED_FROM
            || shrinks(codec, framed, length / 4, wanted, target)
            || shrinks(codec, framed, length / 4 * 3, wanted, target);
    int bytes = worthwhile ? codec.encode(framed, ChunkHeader.BYTES, length, wanted, target, 0) : 0;
    idle.add(codec);
    return worthwhile
        ? new Stored(target, bytes)
        : new Stored(framed, ChunkCodec.frame(framed, length));
  }

  private static boolean shrinks(
      ChunkCodec codec, byte[] framed, int offset, Compression wanted, byte[] scratch) {
    int stored = codec.encode(framed, ChunkHeader.BYTES + offset, SAMPLE_BYTES, wanted, scratch, 0);
    return stored <= SAMPLE_BYTES - SAMPLE_BYTES / 32;
  }
}
