package dev.ashlar.core.hash;

import java.util.Objects;

/**
 * Keyed BLAKE3 of ranges of arrays, by whichever {@link ChunkHasher} the process chose at its
 * start; until then by portable Java.
 *
 * <p>Instances hold only the key and may be shared by threads.
 */
public final class Blake3 {
  private static volatile ChunkHasher chosen = new ScalarBlake3();

  private final Blake3Key key;

  Blake3(Blake3Key key) {
    this.key = key;
  }

  /** A hasher under a key of 32 bytes. */
  public static Blake3 keyed(byte[] key) {
    return new Blake3(new Blake3Key(key));
  }

  /** From now on all hashes of the process are computed this way. */
  static void use(ChunkHasher hasher) {
    chosen = hasher;
  }

  /** What computes the hashes of this process. */
  public static ChunkHasher inUse() {
    return chosen;
  }

  /** The hash of {@code length} bytes at {@code offset}. */
  public MerkleHash hash(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    return chosen.hash(key, bytes, offset, length);
  }

  /** The same, written to {@code target} at {@code at}. */
  void hash(byte[] bytes, int offset, int length, byte[] target, int at) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    chosen.hash(key, bytes, offset, length, target, at);
  }

  /** See {@link ChunkHasher#hashAll}. */
  void hashAll(byte[] bytes, int[] bounds, int count, byte[] target, int at) {
    Objects.checkFromIndexSize(at, count * MerkleHash.BYTES, target.length);
    for (int i = 0; i < count; i++) {
      Objects.checkFromToIndex(bounds[2 * i], bounds[2 * i + 1], bytes.length);
    }
    chosen.hashAll(key, bytes, bounds, count, target, at);
  }
}
