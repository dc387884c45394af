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

/** Cuts terms into pieces, one at a time; holds the index of the present term's xorb only. */
final class Pieces implements Iterator<Piece> {
  private final Iterator<Term> terms;
  private final Function<MerkleHash, XorbIndex> indexes;
  private @Nullable Term term;
  private @Nullable XorbIndex index;
  private int next;

  Pieces(List<Term> terms, Function<MerkleHash, XorbIndex> indexes) {
    this.terms = terms.iterator();
    this.indexes = indexes;
  }

  @Override
  public boolean hasNext() {
    return terms.hasNext() || (term != null && next < term.chunks().end());
  }

  @Override
  public Piece next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var current = term;
    var of = index;
    if (current == null || of == null || next == current.chunks().end()) {
      var following = terms.next();
      if (of == null || current == null || !current.xorb().equals(following.xorb())) {
        of = indexes.apply(following.xorb());
      }
      FetchMerge.requireFit(following, of);
      current = following;
      term = current;
      index = of;
      next = current.chunks().start();
    }
    var chunks = new ChunkRange(next, end(of, current.chunks().end()));
    next = chunks.end();
    return new Piece(current.xorb(), of, chunks);
  }

  private int end(XorbIndex of, int termEnd) {
    int end = next + 1;
    while (end < termEnd && fits(of, new ChunkRange(next, end + 1))) {
      end++;
    }
    return end;
  }

  private static boolean fits(XorbIndex of, ChunkRange chunks) {
    return of.rawBytes(chunks) <= Piece.BYTES_MAX
        && of.bodyRange(chunks).bytes() <= Piece.BYTES_MAX;
  }
}
