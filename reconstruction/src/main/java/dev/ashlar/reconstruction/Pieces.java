package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.XorbIndex;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Cuts terms into pieces, one at a time; holds the index of the present term's xorb only. Terms of
 * a xorb that follow each other in it are cut as one.
 */
final class Pieces implements Iterator<Piece> {
  private final Iterator<Term> terms;
  private final Function<MerkleHash, XorbIndex> indexes;
  private @Nullable Term following;
  private @Nullable MerkleHash xorb;
  private @Nullable XorbIndex index;
  private int next;
  private int end;

  Pieces(List<Term> terms, Function<MerkleHash, XorbIndex> indexes) {
    this.terms = terms.iterator();
    this.indexes = indexes;
    advance();
  }

  @Override
  public boolean hasNext() {
    return next < end || following != null;
  }

  @Override
  public Piece next() {
    if (next == end) {
      begin();
    }
    if (xorb == null || index == null) {
      throw new IllegalStateException("a piece of no xorb");
    }
    var chunks = new ChunkRange(next, pieceEnd(index));
    next = chunks.end();
    return new Piece(xorb, index, chunks);
  }

  /** Takes the terms that go on where the one before ended. */
  private void begin() {
    var term = following;
    if (term == null) {
      throw new NoSuchElementException();
    }
    if (index == null || !term.xorb().equals(xorb)) {
      xorb = term.xorb();
      index = indexes.apply(term.xorb());
    }
    next = term.chunks().start();
    end = next;
    while (term != null && term.xorb().equals(xorb) && term.chunks().start() == end) {
      FetchMerge.requireFit(term, index);
      end = term.chunks().end();
      term = advance();
    }
  }

  private @Nullable Term advance() {
    following = terms.hasNext() ? terms.next() : null;
    return following;
  }

  private int pieceEnd(XorbIndex of) {
    int pieceEnd = next + 1;
    while (pieceEnd < end && fits(of, new ChunkRange(next, pieceEnd + 1))) {
      pieceEnd++;
    }
    return pieceEnd;
  }

  private static boolean fits(XorbIndex of, ChunkRange chunks) {
    return of.rawBytes(chunks) <= Piece.BYTES_MAX
        && of.bodyRange(chunks).bytes() <= Piece.BYTES_MAX;
  }
}
