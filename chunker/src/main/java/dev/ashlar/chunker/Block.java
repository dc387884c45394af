package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.xorb.ChunkHeader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/**
 * One chunk on its way through, and the buffer it lies in, which serves many chunks in turn, or
 * what one becomes by compression.
 */
final class Block {
  /** The chunk, behind room for its header. */
  private final byte[] framed = new byte[ChunkHeader.BYTES + Chunker.BYTES_MAX];

  private int bytes;
  private CompletableFuture<Void> digested = CompletableFuture.completedFuture(null);
  private CompletableFuture<MerkleHash> hashed = CompletableFuture.completedFuture(MerkleHash.ZERO);

  /** Whether the file's digest has taken in the chunk, so that the next one may take its place. */
  boolean isDigested() {
    return digested.isDone();
  }

  /** Waits for that. */
  void awaitDigested(FileDigest digest) {
    digest.await(digested);
  }

  /** Takes in the next chunk; false at the end. Nobody may read the one before any more. */
  boolean fill(Chunker chunker) throws IOException {
    bytes = Math.max(0, chunker.next(framed, ChunkHeader.BYTES));
    return bytes > 0;
  }

  /** Adds the chunk to the file's digest, and lets it be hashed. */
  void begin(FileDigest digest) {
    digested = digest.update(framed, ChunkHeader.BYTES, bytes);
    hashed =
        CompletableFuture.supplyAsync(
            () -> XetHash.chunk(framed, ChunkHeader.BYTES, bytes), digest);
  }

  /** The chunk's hash, waited for. */
  MerkleHash hash(FileDigest digest) {
    return digest.await(hashed);
  }

  /** The buffer. */
  byte[] framed() {
    return framed;
  }

  /** The chunk's length. */
  int bytes() {
    return bytes;
  }
}
