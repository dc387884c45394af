package dev.ashlar.reconstruction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Problem.BeyondEnd;
import dev.ashlar.core.problem.ProblemException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ReconstructionPlanTest {
  private final MemoryXorbs xorbs = new MemoryXorbs();

  @Test
  void givenTwoTerms_whenTheRangeStartsInTheSecond_thenOnlyTheSecondXorbIsFetched() {
    var random = new Random(1);
    var first = xorbs.add(random, 100, 100, 100, 100);
    var second = xorbs.add(random, 90, 90, 100, 100, 100, 100, 100);
    var manifest = manifest(xorbs.term(first, 0, 4), xorbs.term(second, 2, 7));

    var plan = plan(manifest, 530, 710);

    assertThat(plan.offsetIntoFirstRange()).isEqualTo(30);
    assertThat(plan.terms()).containsExactly(xorbs.term(second, 3, 6));
    assertThat(plan.fetches()).containsExactly(fetch(second, 3, 6));
  }

  @Test
  void givenRangesThatOverlapOrTouch_whenPlanned_thenEachXorbIsReadOnceInOrderOfFirstUse() {
    var random = new Random(2);
    var a = xorbs.add(random, 10, 10, 10, 10, 10, 10, 10, 10);
    var b = xorbs.add(random, 20, 20, 20);
    var manifest =
        manifest(
            xorbs.term(a, 6, 7),
            xorbs.term(b, 0, 1),
            xorbs.term(a, 2, 4),
            xorbs.term(a, 0, 2),
            xorbs.term(b, 2, 3),
            xorbs.term(a, 6, 8));

    var plan = plan(manifest, 0, manifest.bytes());

    assertThat(plan.fetches())
        .containsExactly(fetch(a, 6, 8), fetch(b, 0, 1), fetch(a, 0, 4), fetch(b, 2, 3));
    assertThat(plan.fetchesByXorb().get(a)).containsExactly(fetch(a, 0, 4), fetch(a, 6, 8));
    assertThat(plan.fetchesByXorb().keySet()).containsExactly(a, b);
  }

  @Test
  void givenAnyManifestAndRange_whenPlanned_thenItIsThePlanOfTheSpecification() {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    for (int i = 0; i < 3; i++) {
      xorbs.addRandom(random, 1 + random.nextInt(20), 50);
    }
    for (int round = 0; round < 300; round++) {
      var manifest = xorbs.manifest(random, 1 + random.nextInt(12));
      long start = random.nextLong(manifest.bytes());
      long end = start + 1 + random.nextLong(manifest.bytes() - start);

      var plan = plan(manifest, start, end);

      var as = "seed %d, round %d".formatted(seed, round);
      var expected = new ArrayList<Term>();
      long offset = specifiedTerms(manifest, start, end, expected);
      assertThat(plan.terms()).as(as).isEqualTo(expected);
      assertThat(plan.offsetIntoFirstRange()).as(as).isEqualTo(offset);
      requireMergedFetches(as, plan);
      requireSameForTheSpanReceived(as, manifest, plan);
    }
  }

  private static void requireMergedFetches(String as, ReconstructionPlan plan) {
    var byFirstUse = new LinkedHashSet<Fetch>();
    for (var term : plan.terms()) {
      var holders = plan.fetches().stream().filter(fetch -> holds(fetch, term)).toList();
      assertThat(holders).as(as).hasSize(1);
      byFirstUse.addAll(holders);
    }
    assertThat(plan.fetches()).as(as).containsExactlyElementsOf(byFirstUse);
    for (var fetches : plan.fetchesByXorb().values()) {
      for (int i = 1; i < fetches.size(); i++) {
        assertThat(fetches.get(i).chunks().start())
            .as(as)
            .isGreaterThan(fetches.get(i - 1).chunks().end());
      }
    }
  }

  private static boolean holds(Fetch fetch, Term term) {
    return fetch.xorb().equals(term.xorb())
        && fetch.chunks().start() <= term.chunks().start()
        && term.chunks().end() <= fetch.chunks().end();
  }

  private void requireSameForTheSpanReceived(
      String as, FileManifest manifest, ReconstructionPlan plan) {
    long start = plan.range().start();
    long made = plan.terms().stream().mapToLong(Term::bytes).sum();
    var again = plan(manifest, start, start - plan.offsetIntoFirstRange() + made);
    assertThat(again.terms()).as(as).isEqualTo(plan.terms());
    assertThat(again.fetches()).as(as).isEqualTo(plan.fetches());
  }

  /** The algorithm of the protocol's text, word by word, chunk after chunk. */
  private long specifiedTerms(FileManifest manifest, long from, long to, List<Term> terms) {
    long cum = 0;
    long first = -1;
    for (var segment : manifest.terms()) {
      var index = xorbs.index(segment.xorb());
      int cs = segment.chunks().start();
      int ce = segment.chunks().end();
      long len = segment.bytes();
      if (cum + len <= from) {
        cum += len;
        continue;
      }
      if (cum >= to) {
        break;
      }
      if (first < 0) {
        first = cum;
      }
      if (cum < from) {
        while (cum + index.rawBytes(cs) <= from) {
          cum += index.rawBytes(cs);
          first += index.rawBytes(cs);
          len -= index.rawBytes(cs);
          cs++;
        }
      }
      if (cum + len > to) {
        while (cum + (len - index.rawBytes(ce - 1)) >= to) {
          len -= index.rawBytes(ce - 1);
          ce--;
        }
      }
      terms.add(new Term(segment.xorb(), new ChunkRange(cs, ce), len));
      cum += len;
    }
    return from - first;
  }

  @Test
  void givenARangeBeyondTheEnd_whenPlanned_thenOnlyItsStartMatters() {
    var xorb = xorbs.add(new Random(3), 10, 10);
    var manifest = manifest(xorbs.term(xorb, 0, 2));

    assertThat(plan(manifest, 15, 900)).isEqualTo(plan(manifest, 15, 20));
    assertThatThrownBy(() -> plan(manifest, 20, 21))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem()).isEqualTo(new BeyondEnd(20)));
  }

  @Test
  void givenAnEmptyFile_whenPlannedFromItsStart_thenThereIsNothingToFetch() {
    var empty = manifest();

    var plan = plan(empty, 0, 100);

    assertThat(plan.terms()).isEmpty();
    assertThat(plan.fetches()).isEmpty();
    assertThat(plan.range().bytes()).isZero();
    assertThatThrownBy(() -> plan(empty, 1, 2)).isInstanceOf(ProblemException.class);
  }

  @Test
  void givenAnEmptyRange_whenPlanned_thenThereIsNothingToFetch() {
    var xorb = xorbs.add(new Random(4), 10, 10);

    var plan = plan(manifest(xorbs.term(xorb, 0, 2)), 5, 5);

    assertThat(plan.terms()).isEmpty();
    assertThat(plan.offsetIntoFirstRange()).isZero();
  }

  @Test
  void givenAManifestThatDoesNotFitItsXorb_whenPlanned_thenItIsABug() {
    var xorb = xorbs.add(new Random(5), 10, 10);
    var long1 = manifest(new Term(xorb, new ChunkRange(0, 2), 21));
    var long2 = manifest(new Term(xorb, new ChunkRange(0, 3), 30));

    assertThatThrownBy(() -> plan(long1, 0, 21)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> plan(long1, 3, 5)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> plan(long2, 0, 30)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> plan(long2, 25, 26)).isInstanceOf(IllegalStateException.class);
  }

  private ReconstructionPlan plan(FileManifest manifest, long start, long end) {
    return ReconstructionPlan.of(manifest, new ByteRange(start, end), xorbs::index);
  }

  private Fetch fetch(MerkleHash xorb, int start, int end) {
    var chunks = new ChunkRange(start, end);
    return new Fetch(xorb, chunks, xorbs.index(xorb).bodyRange(chunks));
  }

  private static FileManifest manifest(Term... terms) {
    return new FileManifest(MerkleHash.ZERO, List.of(terms));
  }
}
