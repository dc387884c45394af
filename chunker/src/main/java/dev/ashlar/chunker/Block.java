package dev.ashlar.chunker;

import dev.ashlar.chunker.ChunkEncoder.Stored;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.xorb.ChunkHeader;
import dev.ashlar.core.xorb.Compression;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One chunk on its way through, and the buffer it lies in, which serves many chunks in turn. */
final class Block {
  /** The chunk, behind room for its header. */
  private final byte[] framed = new byte[ChunkHeader.BYTES + Chunker.BYTES_MAX];

  private int bytes;
  private CompletableFuture<Void> digested = CompletableFuture.completedFuture(null);
  private CompletableFuture<MerkleHash> hashed = CompletableFuture.completedFuture(MerkleHash.ZERO);

  /** Takes in the next chunk; false at the end. Waits until nobody reads the one before. */
  boolean fill(Chunker chunker) throws IOException {
    digested.join();
    bytes = Math.max(0, chunker.next(framed, ChunkHeader.BYTES));
    return bytes > 0;
  }

  /** Starts hashing, and adds the chunk to the file's digest. */
  void hash(FileDigest digest, Executor cpu) {
    digested = digest.update(framed, ChunkHeader.BYTES, bytes);
    hashed =
        CompletableFuture.supplyAsync(() -> XetHash.chunk(framed, ChunkHeader.BYTES, bytes), cpu);
  }

  /** The chunk's hash, waited for. */
  MerkleHash hash() {
    return hashed.join();
  }

  int bytes() {
    return bytes;
  }

  /** Starts encoding, to {@code target} or in place. */
  CompletableFuture<Stored> encode(
      ChunkEncoder encoder, CompressionChoice choice, byte[] target, Executor cpu) {
    Compression wanted = choice.next(framed, ChunkHeader.BYTES, bytes);
    return CompletableFuture.supplyAsync(() -> encoder.encode(framed, bytes, wanted, target), cpu);
  }
}
