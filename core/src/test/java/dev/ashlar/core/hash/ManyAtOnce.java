package dev.ashlar.core.hash;

/** Until it is closed the process hashes by portable Java, which says that it gains by many. */
public final class ManyAtOnce implements AutoCloseable {
  private final ChunkHasher before = Blake3.inUse();

  public ManyAtOnce() {
    var scalar = new ScalarBlake3();
    Blake3.use(
        new ChunkHasher() {
          @Override
          public String name() {
            return "many";
          }

          @Override
          public MerkleHash hash(Blake3Key key, byte[] bytes, int offset, int length) {
            return scalar.hash(key, bytes, offset, length);
          }

          @Override
          public boolean gainsByMany() {
            return true;
          }
        });
  }

  @Override
  public void close() {
    Blake3.use(before);
  }
}
