package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import java.io.IOException;
import java.io.InputStream;

/** Port to the stored xorbs: reads a range of a xorb's body, from any thread. */
@FunctionalInterface
public interface RangeReader {
  /** Opens the bytes of the range; the caller closes the stream. */
  InputStream open(MerkleHash xorb, ByteRange body) throws IOException;
}
