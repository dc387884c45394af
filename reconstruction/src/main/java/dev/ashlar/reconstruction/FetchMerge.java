package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.XorbIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
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
    var termsOf = new LinkedHashMap<MerkleHash, List<Term>>();
    for (var term : terms) {
      termsOf.computeIfAbsent(term.xorb(), _ -> new ArrayList<>()).add(term);
    }
    var fetchesOf = new LinkedHashMap<MerkleHash, NavigableMap<Integer, Fetch>>();
    termsOf.forEach((xorb, of) -> fetchesOf.put(xorb, merge(xorb, of, indexes.apply(xorb))));

    var byFirstUse = new LinkedHashSet<Fetch>();
    for (var term : terms) {
      var fetches = fetchesOf.getOrDefault(term.xorb(), Collections.emptyNavigableMap());
      byFirstUse.add(fetches.floorEntry(term.chunks().start()).getValue());
    }
    return List.copyOf(byFirstUse);
  }

  private static NavigableMap<Integer, Fetch> merge(
      MerkleHash xorb, List<Term> terms, XorbIndex index) {
    var ranges = new ArrayList<ChunkRange>(terms.size());
    for (var term : terms) {
      requireFit(term, index);
      ranges.add(term.chunks());
    }
    ranges.sort(Comparator.comparingInt(ChunkRange::start));
    var merged = new TreeMap<Integer, Fetch>();
    int start = ranges.getFirst().start();
    int end = ranges.getFirst().end();
    for (var range : ranges) {
      if (range.start() > end) {
        merged.put(start, fetch(xorb, new ChunkRange(start, end), index));
        start = range.start();
      }
      end = Math.max(end, range.end());
    }
    merged.put(start, fetch(xorb, new ChunkRange(start, end), index));
    return merged;
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
