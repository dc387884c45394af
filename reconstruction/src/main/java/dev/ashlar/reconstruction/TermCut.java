package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.XorbIndex;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The fewest whole chunks of a file that cover a byte range. */
record TermCut(long offsetIntoFirst, List<Term> terms) {

  static TermCut of(
      List<Term> fileTerms, ByteRange range, Function<MerkleHash, XorbIndex> indexes) {
    var kept = new ArrayList<Term>();
    long offsetIntoFirst = 0;
    long at = 0;
    for (var term : fileTerms) {
      long end = at + term.bytes();
      if (at >= range.end()) {
        break;
      }
      if (range.bytes() > 0 && end > range.start()) {
        long before = Math.max(0, range.start() - at);
        long behind = Math.max(0, end - range.end());
        var part = before == 0 && behind == 0 ? term : part(term, before, behind, indexes);
        if (kept.isEmpty()) {
          offsetIntoFirst = before - bytesBefore(term, part, before, indexes);
        }
        kept.add(part);
      }
      at = end;
    }
    return new TermCut(offsetIntoFirst, kept);
  }

  /**
   * Drops the leading chunks that lie wholly in {@code before}, the last ones in {@code behind}.
   */
  private static Term part(
      Term term, long before, long behind, Function<MerkleHash, XorbIndex> indexes) {
    var index = indexes.apply(term.xorb());
    FetchMerge.requireFit(term, index);
    int start = term.chunks().start();
    int end = term.chunks().end();
    while (bytes(index, term.chunks().start(), start + 1) <= before) {
      start++;
    }
    while (bytes(index, end - 1, term.chunks().end()) <= behind) {
      end--;
    }
    var chunks = new ChunkRange(start, end);
    return new Term(term.xorb(), chunks, index.rawBytes(chunks));
  }

  private static long bytesBefore(
      Term term, Term part, long before, Function<MerkleHash, XorbIndex> indexes) {
    return before == 0
        ? 0
        : bytes(indexes.apply(term.xorb()), term.chunks().start(), part.chunks().start());
  }

  private static long bytes(XorbIndex index, int start, int end) {
    return start == end ? 0 : index.rawBytes(new ChunkRange(start, end));
  }
}
