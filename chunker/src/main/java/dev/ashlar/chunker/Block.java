package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.xorb.Compression;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** One chunk on its way through, and the buffer it lies in, which serves many chunks in turn. */
final class Block {
  private final byte[] raw = new byte[Chunker.BYTES_MAX];
  private int bytes;
  private CompletableFuture<Void> digested = CompletableFuture.completedFuture(null);
  private CompletableFuture<MerkleHash> hashed = CompletableFuture.completedFuture(MerkleHash.ZERO);

  /** Takes in the next chunk; false at the end. Waits until nobody reads the one before. */
  boolean fill(Chunker chunker) throws IOException {
    digested.join();
    bytes = Math.max(0, chunker.next(raw));
    return bytes > 0;
  }

  /** Starts hashing, and adds the chunk to the file's digest. */
  void hash(FileDigest digest, Executor cpu) {
    digested = digest.update(raw, bytes);
    hashed = CompletableFuture.supplyAsync(() -> XetHash.chunk(raw, 0, bytes), cpu);
  }

  /** The chunk's hash, waited for. */
  MerkleHash hash() {
    return hashed.join();
  }

  int bytes() {
    return bytes;
  }

  /** Starts encoding to {@code stored}; the result is the stored length. */
  CompletableFuture<Integer> encode(
      ChunkEncoder encoder, CompressionChoice choice, byte[] stored, Executor cpu) {
    Compression wanted = choice.next(raw, bytes);
    return CompletableFuture.supplyAsync(() -> encoder.encode(raw, bytes, wanted, stored), cpu);
  }
}
