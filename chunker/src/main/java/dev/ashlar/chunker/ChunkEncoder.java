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
  private static final int SAMPLED_FROM = 2 * SAMPLE_BYTES;

  private final Queue<Tools> idle = new ConcurrentLinkedQueue<>();

  private static final class Tools {
    final ChunkCodec codec = new ChunkCodec();
    final byte[] sample = new byte[ChunkHeader.BYTES + SAMPLE_BYTES];
  }

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
   * Whether compression is worth its while, by two samples; what is hardly longer than these is
   * always tried.
   *
   * @param framed the chunk behind room for its header
   */
  boolean pays(byte[] framed, int length, Compression wanted) {
    if (length < SAMPLED_FROM) {
      return true;
    }
    var tools = take();
    boolean pays =
        shrinks(tools, framed, length / 4, wanted)
            || shrinks(tools, framed, length / 4 * 3, wanted);
    idle.add(tools);
    return pays;
  }

  private static boolean shrinks(Tools tools, byte[] framed, int offset, Compression wanted) {
    int from = ChunkHeader.BYTES + offset;
    int stored = tools.codec.encode(framed, from, SAMPLE_BYTES, wanted, tools.sample, 0);
    return stored <= SAMPLE_BYTES - SAMPLE_BYTES / 32;
  }

  /**
   * Makes the stored form of a chunk in {@code target}, which has room for {@link
   * ChunkCodec#STORED_BYTES_MAX} bytes.
   */
  Stored compress(byte[] framed, int length, Compression wanted, byte[] target) {
    var tools = take();
    int bytes = tools.codec.encode(framed, ChunkHeader.BYTES, length, wanted, target, 0);
    idle.add(tools);
    return new Stored(target, bytes);
  }

  /** Makes the stored form of a chunk that stays as it is, where it stands. */
  static Stored plain(byte[] framed, int length) {
    return new Stored(framed, ChunkCodec.frame(framed, length));
  }

  private Tools take() {
    var polled = idle.poll();
    return polled == null ? new Tools() : polled;
  }
}
