package dev.ashlar.bench.jmh;

import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.CodecKernels;
import dev.ashlar.core.xorb.Compression;
import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Setup;

/**
 * Chunks as LZ4 frames, in their stored form. What LZ4 does not make shorter is stored as it is:
 * decoding that is a copy.
 */
public class CodecBench extends KernelBench {
  private final ChunkCodec outside = new ChunkCodec();
  private final ChunkCodec own = ChunkCodec.ofStored();
  private final byte[] stored = new byte[ChunkCodec.STORED_BYTES_MAX];
  private final byte[] encoded = new byte[ChunkCodec.STORED_BYTES_MAX];
  private byte[] decoded = {};
  private int storedBytes;

  /** Chooses the kernels as a server does when it starts, and makes what is decoded. */
  @Setup
  public void encodeOnce(Chunk chunk) {
    var _ = CodecKernels.choose();
    storedBytes = outside.encode(chunk.bytes, 0, chunk.size, Compression.LZ4, stored, 0);
    decoded = new byte[chunk.size];
    var _ = lz4DecodeFromOutside();
    requireSame(chunk.bytes, decoded);
    Arrays.fill(decoded, (byte) -1);
    var _ = lz4DecodeStored();
    requireSame(chunk.bytes, decoded);
  }

  /** As the server compresses what it cuts itself. */
  @Benchmark
  public int lz4Encode(Chunk chunk) {
    return outside.encode(chunk.bytes, 0, chunk.size, Compression.LZ4, encoded, 0);
  }

  /** A chunk from outside: with every check, by the library where this machine has it. */
  @Benchmark
  public int lz4DecodeFromOutside() {
    return outside.decode(stored, 0, storedBytes, decoded, 0);
  }

  /** A chunk that was let in before: by the library, where this machine has it. */
  @Benchmark
  public int lz4DecodeStored() {
    return own.decode(stored, 0, storedBytes, decoded, 0);
  }
}
