package dev.ashlar.core.xorb;

import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4NativeDecompressor;

/**
 * The C library of LZ4, for blocks that were let in once; {@link CheckedLz4Block} is for the
 * others. It keeps to all bounds, and takes some blocks that clients refuse; others that clients
 * write and read it refuses (it asks for five last literals), so {@link Lz4Block} has the last
 * word.
 */
final class NativeLz4Block implements BlockDecoder {
  private final Lz4NativeDecompressor library = new Lz4NativeDecompressor();

  /**
   * The library of this machine.
   *
   * @throws IllegalArgumentException when aircompressor has none for it
   */
  static BlockDecoder load() {
    if (!Lz4NativeDecompressor.isEnabled()) {
      throw new IllegalArgumentException("the LZ4 library cannot be loaded");
    }
    return new NativeLz4Block();
  }

  @Override
  public int decode(
      byte[] source,
      int from,
      int end,
      byte[] target,
      int history,
      int out,
      int outEnd,
      long origin) {
    if (history < out) {
      // The library's call knows nothing of blocks before this one; clients write one a chunk.
      return Lz4Block.decode(source, from, end, target, history, out, outEnd, origin);
    }
    try {
      return out + library.decompress(source, from, end - from, target, out, outEnd - out);
    } catch (IllegalArgumentException | MalformedInputException _) {
      return Lz4Block.decode(source, from, end, target, history, out, outEnd, origin);
    }
  }
}
