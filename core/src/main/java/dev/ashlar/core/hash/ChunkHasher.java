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
}
