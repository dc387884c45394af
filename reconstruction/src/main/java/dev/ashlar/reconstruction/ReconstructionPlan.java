package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Problem.BeyondEnd;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.xorb.XorbIndex;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * How to make a byte range of a file.
 *
 * <p>The terms hold whole chunks and none that the range could do without; the first {@code
 * offsetIntoFirstRange} bytes they make, and what they make beyond {@code range}, are to be
 * dropped. Each term lies inside one fetch. The same manifest and range always give the same plan,
 * and so does the span of bytes that the plan makes from its start on: clients that ask again for
 * fresh addresses name that span and pair the fetches with their old ones by order.
 *
 * @param range the bytes asked for, ending at the file's end at the latest
 * @param offsetIntoFirstRange bytes of the first term that lie before the range
 * @param terms chunk-aligned terms in file order
 * @param fetches merged ranges in the order in which the terms first use them
 */
public record ReconstructionPlan(
    ByteRange range, long offsetIntoFirstRange, List<Term> terms, List<Fetch> fetches) {

  public ReconstructionPlan {
    terms = List.copyOf(terms);
    fetches = List.copyOf(fetches);
  }

  /**
   * Plans a range. Its end may lie behind the file's end; its start may not, except for the start
   * of an empty file.
   *
   * @param indexes gives a xorb's index; asked once for each xorb used, and again for the ends
   */
  public static ReconstructionPlan of(
      FileManifest manifest, ByteRange range, Function<MerkleHash, XorbIndex> indexes) {
    long fileBytes = manifest.bytes();
    if (range.start() > 0 && range.start() >= fileBytes) {
      throw new ProblemException(new BeyondEnd(fileBytes));
    }
    var asked = new ByteRange(range.start(), Math.min(range.end(), fileBytes));
    var cut = TermCut.of(manifest.terms(), asked, indexes);
    return new ReconstructionPlan(
        asked, cut.offsetIntoFirst(), cut.terms(), FetchMerge.of(cut.terms(), indexes));
  }

  /** The fetches of each xorb by ascending chunks; the xorbs in the order of their first use. */
  public SequencedMap<MerkleHash, List<Fetch>> fetchesByXorb() {
    var byXorb = new LinkedHashMap<MerkleHash, List<Fetch>>();
    for (var fetch : fetches) {
      byXorb.computeIfAbsent(fetch.xorb(), _ -> new ArrayList<>()).add(fetch);
    }
    byXorb.values().forEach(of -> of.sort(Comparator.comparingInt(f -> f.chunks().start())));
    return byXorb;
  }
}
