package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.XorbIndex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * Turns the chunk ranges that terms use into fetches: per xorb, ranges that overlap or touch become
 * one, so that nothing is read twice and each term finds all its chunks in a single fetch.
 *
 * <p>A xorb's index is asked for once and not kept: a plan for a large file would otherwise hold
 * the indexes of thousands of xorbs.
 */
final class FetchMerge {
  private FetchMerge() {}

  static List<Fetch> of(List<Term> terms, Function<MerkleHash, XorbIndex> indexes) {
    var usesOf = new LinkedHashMap<MerkleHash, Uses>();
    var usesAt = new Uses[terms.size()];
    for (int i = 0; i < usesAt.length; i++) {
      var term = terms.get(i);
      usesAt[i] = usesOf.computeIfAbsent(term.xorb(), Uses::new);
      usesAt[i].terms.add(term);
    }
    usesOf.values().forEach(uses -> uses.merge(indexes.apply(uses.xorb)));

    var byFirstUse = new ArrayList<Fetch>();
    for (int i = 0; i < usesAt.length; i++) {
      usesAt[i].addUnlessUsed(terms.get(i).chunks().start(), byFirstUse);
    }
    return List.copyOf(byFirstUse);
  }

  /** What one xorb is used for: its terms, and then its fetches by ascending chunks. */
  private static final class Uses {
    final MerkleHash xorb;
    final List<Term> terms = new ArrayList<>();
    private final List<Fetch> fetches = new ArrayList<>();
    private final BitSet used = new BitSet();

    Uses(MerkleHash xorb) {
      this.xorb = xorb;
    }

    void merge(XorbIndex index) {
      terms.forEach(term -> requireFit(term, index));
      terms.sort(Comparator.comparingInt(term -> term.chunks().start()));
      int start = terms.getFirst().chunks().start();
      int end = start;
      for (var term : terms) {
        if (term.chunks().start() > end) {
          fetches.add(fetch(xorb, new ChunkRange(start, end), index));
          start = term.chunks().start();
        }
        end = Math.max(end, term.chunks().end());
      }
      fetches.add(fetch(xorb, new ChunkRange(start, end), index));
    }

    /** Adds the fetch that holds the chunk, the first time that it is asked for. */
    void addUnlessUsed(int chunk, List<Fetch> byFirstUse) {
      int low = 0;
      int high = fetches.size() - 1;
      while (low < high) {
        int middle = (low + high + 1) >>> 1;
        if (fetches.get(middle).chunks().start() <= chunk) {
          low = middle;
        } else {
          high = middle - 1;
        }
      }
      if (!used.get(low)) {
        used.set(low);
        byFirstUse.add(fetches.get(low));
      }
    }
  }

  private static Fetch fetch(MerkleHash xorb, ChunkRange chunks, XorbIndex index) {
    return new Fetch(xorb, chunks, index.bodyRange(chunks));
  }

  /** No reader checks a file's hash, so a manifest that does not fit its xorbs must stop here. */
  static void requireFit(Term term, XorbIndex index) {
    if (term.chunks().end() > index.chunkCount() || index.rawBytes(term.chunks()) != term.bytes()) {
      throw new IllegalStateException("the index of the xorb does not fit " + term);
    }
  }
}
