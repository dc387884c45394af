package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.xorb.CorruptXorbException;
import dev.ashlar.core.xorb.Hands;
import dev.ashlar.core.xorb.RawChunks;
import dev.ashlar.core.xorb.Spares;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Computes the SHA-256 of stored files from their bytes, which are read back for it: one file after
 * the other.
 *
 * <p>A CPU thread decodes and digests a block while the next one is read from the store. Chunk
 * hashes are not computed again, as nothing but the digest is asked; checksums are, because without
 * them a bad disk would look like a false claim of the client. Blocks stand outside of the heap, so
 * that what the kernel hands over is not copied from one core's cache to the other's.
 */
final class FileDigest {
  /** Room for several chunks of any length. */
  private static final int BLOCK_BYTES = 448 << 10;

  private static final int BLOCKS_KEPT = 16;
  private static final Spares<ByteBuffer> BLOCKS =
      new Spares<>(BLOCKS_KEPT, () -> ByteBuffer.allocateDirect(BLOCK_BYTES));

  private final MessageDigest digest = Sha256.begin();
  private final RawChunks chunks = new RawChunks();
  private final ShardWork work;
  private final LongConsumer hashed;
  private Hands.Pending pending = () -> {};

  /** {@code hashed} hears the number of bytes of each block. */
  FileDigest(ShardWork work, LongConsumer hashed) {
    this.work = work;
    this.hashed = hashed;
  }

  /**
   * Adds the bytes of the file's next terms. After a failure no block is given back: a thread may
   * still be at work on it.
   */
  void add(List<Term> terms, UsedXorbs xorbs) throws IOException {
    var blocks = new ArrayDeque<>(List.of(BLOCKS.take(), BLOCKS.take()));
    for (var term : terms) {
      add(term, xorbs, blocks);
    }
    pending.await();
    blocks.forEach(BLOCKS::give);
  }

  /** While the last of the blocks is digested, the first one is filled. */
  private void add(Term term, UsedXorbs xorbs, Deque<ByteBuffer> blocks) throws IOException {
    var index = xorbs.index(term.xorb());
    if (!index.contains(term.chunks()) || index.rawBytes(term.chunks()) != term.bytes()) {
      throw new CorruptXorbException("the index of the xorb does not fit " + term);
    }
    for (int start = term.chunks().start(); start < term.chunks().end(); ) {
      var some = new ChunkRange(start, end(index, start, term.chunks().end()));
      work.progress().requireListener();
      var block = blocks.removeFirst();
      xorbs.read(term.xorb(), some, block);
      pending.await();
      blocks.addLast(block);
      pending = work.cpu().hand(() -> digest(term.xorb(), index, some, block));
      hashed.accept(index.rawBytes(some));
      start = some.end();
    }
  }

  /** As many chunks as a block holds. */
  private static int end(XorbIndex index, int start, int endMax) {
    int end = start + 1;
    while (end < endMax && index.bodyEnd(end) - index.bodyStart(start) <= BLOCK_BYTES) {
      end++;
    }
    return end;
  }

  private void digest(MerkleHash xorb, XorbIndex index, ChunkRange some, ByteBuffer block) {
    int base = index.bodyStart(some.start());
    for (int i = some.start(); i < some.end(); i++) {
      int start = index.bodyStart(i);
      int bytes = show(xorb, i, block.slice(start - base, index.bodyEnd(i) - start));
      if (bytes != index.rawBytes(i)) {
        throw corrupt("chunk " + i + " of xorb " + xorb + " has another length than it had once");
      }
    }
  }

  /** A chunk in the store that cannot be decoded is our fault, not that of who sent the shard. */
  private int show(MerkleHash xorb, int number, ByteBuffer chunk) {
    try {
      return chunks.show(chunk, digest::update);
    } catch (ProblemException | IndexOutOfBoundsException e) {
      var corrupt = corrupt("chunk " + number + " of xorb " + xorb + ": " + e.getMessage());
      corrupt.addSuppressed(e);
      throw corrupt;
    }
  }

  private static UncheckedIOException corrupt(String reason) {
    return new UncheckedIOException(new CorruptXorbException(reason));
  }

  /** The digest of all that was added; the next file may begin. */
  Sha256 value() {
    return Sha256.of(digest.digest());
  }
}
