package dev.ashlar.core.hash;

/**
 * One way to compute keyed BLAKE3 of whole ranges, 32 bytes out. All ways give the same hashes;
 * {@link HasherChoice} finds the fastest that this machine has. They may be shared by threads.
 */
public interface ChunkHasher {
  /** A short name for logs and metrics, such as {@code native} or {@code vector-256}. */
  String name();

  /** The hash of {@code length} bytes at {@code offset}. */
  MerkleHash hash(Blake3Key key, byte[] bytes, int offset, int length);

  /** The same, written to {@code target} at {@code at}: for many hashes, without an object each. */
  default void hash(Blake3Key key, byte[] bytes, int offset, int length, byte[] target, int at) {
    hash(key, bytes, offset, length).write(target, at);
  }

  /**
   * The hashes of the ranges {@code bytes[bounds[2 * i] .. bounds[2 * i + 1])} for each {@code i}
   * below {@code count}, one behind the other from {@code target[at]} on.
   */
  default void hashAll(
      Blake3Key key, byte[] bytes, int[] bounds, int count, byte[] target, int at) {
    for (int i = 0; i < count; i++) {
      int from = bounds[2 * i];
      hash(key, bytes, from, bounds[2 * i + 1] - from, target, at + i * MerkleHash.BYTES);
    }
  }

  /**
   * Whether many ranges side by side take less time than one after the other. If not, a range is
   * better hashed while the processor still has it in its cache.
   */
  default boolean gainsByMany() {
    return false;
  }
}
