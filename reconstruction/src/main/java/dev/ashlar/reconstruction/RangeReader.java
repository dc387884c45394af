package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Port to the stored xorbs: reads whole stored chunks of a xorb, from any thread. */
@FunctionalInterface
public interface RangeReader {
  /**
   * Fills the target, from its beginning, with the stored chunks, which were found to be what they
   * were once, and moves its position behind them; or fails.
   */
  void read(MerkleHash xorb, ChunkRange chunks, ByteBuffer target) throws IOException;
}
