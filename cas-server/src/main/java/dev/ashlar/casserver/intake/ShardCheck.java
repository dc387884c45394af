package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleFold;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.shard.ShardFile;
import dev.ashlar.core.shard.ShardXorb;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares what a shard says with what is stored. Nothing of it is believed: chunk hashes and sizes
 * come from our own index of each xorb, and everything else must follow from them.
 *
 * <p>Indexes are read on the request's own thread; what is computed from them is gathered into
 * pieces that keep a CPU thread for some milliseconds.
 */
final class ShardCheck {
  private static final int PIECE_CHUNKS = 32 << 10;

  private final UsedXorbs xorbs;
  private final ShardWork work;
  private List<Runnable> piece = new ArrayList<>();
  private int pieceChunks;

  ShardCheck(UsedXorbs xorbs, ShardWork work) {
    this.xorbs = xorbs;
    this.work = work;
  }

  /** A xorb block must list exactly the stored chunks. */
  void xorb(ShardXorb block) {
    requireUsable(block.hash().toString(), block.offset(), xorbs.has(block.hash()));
    List<HashedChunk> stored = xorbs.index(block.hash()).chunks();
    if (stored.size() != block.chunks().size()) {
      throw wrong(block.offset(), "xorb " + block.hash() + " has " + stored.size() + " chunks");
    }
    for (int i = 0; i < stored.size(); i++) {
      if (!stored.get(i).equals(block.chunks().get(i))) {
        throw wrong(block.offset(), "chunk " + i + " of xorb " + block.hash() + " is another one");
      }
    }
  }

  /**
   * A file block's terms, range hashes and file hash must follow from the stored chunks. It is
   * checked when {@link #finish} returns.
   */
  void file(ShardFile block) throws IOException {
    requireRangeHashes(block);
    var fold = new MerkleFold();
    for (int i = 0; i < block.manifest().terms().size(); i++) {
      int number = i;
      var xorb = block.manifest().terms().get(i).xorb();
      requireUsable(xorb.toString(), block.offset(), xorbs.has(xorb));
      var index = xorbs.index(xorb);
      add(index.chunkCount(), () -> term(block, number, index, fold));
    }
    add(1, () -> hash(block, fold));
  }

  private void add(int chunks, Runnable check) throws IOException {
    piece.add(check);
    pieceChunks += chunks;
    if (pieceChunks >= PIECE_CHUNKS) {
      finish();
    }
  }

  /** Computes what has been gathered. */
  void finish() throws IOException {
    var whole = piece;
    piece = new ArrayList<>();
    pieceChunks = 0;
    work.compute(
        () -> {
          whole.forEach(Runnable::run);
          return whole.size();
        });
  }

  /** Range hashes show that the sender knows the chunks; a file without terms needs none. */
  static void requireRangeHashes(ShardFile block) {
    var manifest = block.manifest();
    if (block.rangeHashes().isEmpty() && !manifest.terms().isEmpty()) {
      throw wrong(block.offset(), "file " + manifest.file() + " carries no range hashes");
    }
  }

  private static void term(ShardFile block, int i, XorbIndex index, MerkleFold fold) {
    Term term = block.manifest().terms().get(i);
    var what = "term " + i + " of file " + block.manifest().file();
    if (!index.contains(term.chunks())) {
      throw wrong(block.offset(), what + ": its xorb has only " + index.chunkCount() + " chunks");
    }
    if (index.rawBytes(term.chunks()) != term.bytes()) {
      throw wrong(
          block.offset(),
          what + " has " + index.rawBytes(term.chunks()) + " bytes, not " + term.bytes());
    }
    if (!index.rangeHash(term.chunks()).equals(block.rangeHashes().get(i))) {
      throw wrong(block.offset(), what + " has another range hash");
    }
    index.chunks().subList(term.chunks().start(), term.chunks().end()).forEach(fold::add);
  }

  private static void hash(ShardFile block, MerkleFold fold) {
    var hash = fold.file();
    if (!hash.equals(block.manifest().file())) {
      throw wrong(
          block.offset(), "its terms make file " + hash + ", not " + block.manifest().file());
    }
  }

  /** A xorb that is missing and one that the caller may not use look alike. */
  static void requireUsable(String xorb, long offset, boolean usable) {
    if (!usable) {
      throw wrong(offset, "xorb " + xorb + " is not stored here, or not for you to use");
    }
  }

  static ProblemException wrong(long offset, String reason) {
    return new ProblemException(new Malformed("shard", offset, reason));
  }
}
