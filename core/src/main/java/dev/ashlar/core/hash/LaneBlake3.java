package dev.ashlar.core.hash;

/**
 * BLAKE3 on the lanes of vectors: those of one long input, or those of many short ones. Single
 * inputs that fill no lanes are hashed by portable Java.
 */
final class LaneBlake3 implements ChunkHasher {
  private static final int SINGLE_BYTES_MIN = 3 * ScalarBlake3.LEAF_BYTES;

  private final ScalarBlake3 scalar = new ScalarBlake3();
  private final String name;
  private final ThreadLocal<LaneTrees> trees;

  LaneBlake3(LaneKernel kernel) {
    this.name = kernel.name();
    this.trees = ThreadLocal.withInitial(() -> new LaneTrees(kernel));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public MerkleHash hash(Blake3Key key, byte[] bytes, int offset, int length) {
    if (length < SINGLE_BYTES_MIN) {
      return scalar.hash(key, bytes, offset, length);
    }
    return MerkleHash.read(trees.get().hash(key, bytes, offset, length), 0);
  }

  @Override
  public void hash(Blake3Key key, byte[] bytes, int offset, int length, byte[] target, int at) {
    if (length < SINGLE_BYTES_MIN) {
      scalar.hash(key, bytes, offset, length, target, at);
    } else {
      System.arraycopy(
          trees.get().hash(key, bytes, offset, length), 0, target, at, MerkleHash.BYTES);
    }
  }

  @Override
  public void hashAll(Blake3Key key, byte[] bytes, int[] bounds, int count, byte[] target, int at) {
    if (count == 1) {
      hash(key, bytes, bounds[0], bounds[1] - bounds[0], target, at);
    } else {
      trees.get().hash(key, bytes, bounds, count, target, at);
    }
  }

  @Override
  public boolean gainsByMany() {
    return true;
  }
}
