package dev.ashlar.hub.weights;

import dev.ashlar.core.hash.MerkleHash;
import java.io.IOException;

/** Reads the first bytes of stored files, wherever they lie. */
@FunctionalInterface
public interface FileHeads {
  /** The first bytes of a file, as many as asked for or all that it has. */
  byte[] read(MerkleHash file, int bytesMax) throws IOException;
}
