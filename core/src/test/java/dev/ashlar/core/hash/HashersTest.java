package dev.ashlar.core.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.HasherChoice.Candidate;
import dev.ashlar.core.hash.HasherChoice.Finding;
import dev.ashlar.core.hash.HasherChoice.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.Blake3;
import org.junit.jupiter.api.Test;

/** Every way to hash that this machine has, against an implementation of somebody else. */
final class HashersTest {
  private static void requireSame(ChunkHasher hasher, byte[] key, byte[] bytes, int from, int to) {
    var ours = hasher.hash(new Blake3Key(key), bytes, from, to - from);

    var theirs = Blake3.initKeyedHash(key).update(bytes, from, to - from).doFinalize(32);
    assertThat(ours.bytes()).as("%s, %d bytes", hasher.name(), to - from).isEqualTo(theirs);
    var written = new byte[MerkleHash.BYTES + 2];
    hasher.hash(new Blake3Key(key), bytes, from, to - from, written, 1);
    assertThat(Arrays.copyOfRange(written, 1, MerkleHash.BYTES + 1))
        .as("%s, %d bytes, written", hasher.name(), to - from)
        .isEqualTo(theirs);
    assertThat(written[0] | written[MerkleHash.BYTES + 1]).as("the bytes around").isZero();
  }

  @Test
  void givenEveryLengthOfSomeLeaves_whenHashed_thenAllAgree() {
    long seed = 20261125;
    var random = new Random(seed);
    var key = new byte[32];
    var bytes = new byte[5_100];
    random.nextBytes(key);
    random.nextBytes(bytes);
    for (var hasher : HashersHere.all()) {
      for (int length = 0; length <= 5_000; length++) {
        requireSame(hasher, key, bytes, length % 61, length % 61 + length);
      }
    }
  }

  @Test
  void givenEveryNumberOfLeaves_whenHashed_thenAllAgree() {
    long seed = 20261126;
    var random = new Random(seed);
    var key = new byte[32];
    var bytes = new byte[262_144 + 7];
    random.nextBytes(key);
    random.nextBytes(bytes);
    for (var hasher : HashersHere.all()) {
      for (int leaves = 1; leaves <= 256; leaves++) {
        int length = leaves * 1024 - (leaves % 3 == 0 ? 0 : random.nextInt(1024));
        requireSame(hasher, key, bytes, leaves % 7, leaves % 7 + length);
      }
    }
  }

  @Test
  void givenManyRanges_whenHashedSideBySide_thenEachHasTheHashItHasAlone() {
    long seed = 20261127;
    var random = new Random(seed);
    var key = new Blake3Key(new byte[32]);
    var bytes = new byte[300_000];
    random.nextBytes(bytes);
    var scalar = new ScalarBlake3();
    for (var hasher : HashersHere.all()) {
      for (int round = 0; round < 150; round++) {
        int count = random.nextInt(40);
        int lengthMax = 1 << (4 + random.nextInt(14));
        var bounds = new int[2 * count + 2];
        for (int i = 0; i < count; i++) {
          int length = random.nextInt(5) == 0 ? lengthMax & -1024 : random.nextInt(lengthMax);
          bounds[2 * i] = random.nextInt(bytes.length - length + 1);
          bounds[2 * i + 1] = bounds[2 * i] + length;
        }
        var hashes = new byte[3 + count * MerkleHash.BYTES + 1];

        hasher.hashAll(key, bytes, bounds, count, hashes, 3);

        var expected = new byte[hashes.length];
        for (int i = 0; i < count; i++) {
          scalar
              .hash(key, bytes, bounds[2 * i], bounds[2 * i + 1] - bounds[2 * i])
              .write(expected, 3 + i * MerkleHash.BYTES);
        }
        assertThat(hashes)
            .as("%s, seed %d, round %d: %s", hasher.name(), seed, round, Arrays.toString(bounds))
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void givenACallThatFailed_whenTheThreadHashesAgain_thenNothingOfItIsLeft() {
    var key = new Blake3Key(new byte[32]);
    var bytes = new byte[20_000];
    new Random(20261128).nextBytes(bytes);
    var outside = new int[] {0, 1_500, 19_900, 30_000};
    for (var hasher : HashersHere.all()) {
      assertThatThrownBy(() -> hasher.hashAll(key, bytes, outside, 2, new byte[64], 0))
          .isInstanceOf(RuntimeException.class);

      assertThat(hasher.hash(key, bytes, 0, 9_000))
          .as(hasher.name())
          .isEqualTo(new ScalarBlake3().hash(key, bytes, 0, 9_000));
    }
  }

  @Test
  void givenTheVectorModule_whenTheWidthsAreTried_thenOneIsThere() {
    assertThat(HashersHere.all())
        .extracting(ChunkHasher::name)
        .anyMatch(name -> name.startsWith("vector"));
  }

  @Test
  void givenThisMachine_whenAllAreTried_thenNoneIsWrongAndTheFirstGoodOneIsChosen() {
    var report = HasherChoice.tryAll(HashersHere.LIBRARY);

    assertThat(report.findings()).extracting(Finding::outcome).doesNotContain(Outcome.WRONG);
    var firstGood =
        report.findings().stream()
            .filter(finding -> finding.outcome() == Outcome.GOOD)
            .findFirst()
            .orElseThrow();
    assertThat(report.chosen().name()).isEqualTo(firstGood.name());
  }

  @Test
  void givenCandidatesThatFail_whenTried_thenEachIsReportedAndTheNextOneIsTaken() {
    var right = new ScalarBlake3();
    var patience = Duration.ofMillis(20);
    var candidates =
        List.of(
            new Candidate("absent", failing(new IllegalArgumentException("none")), patience),
            new Candidate("unlinkable", failing(new UnsatisfiedLinkError("old")), patience),
            new Candidate(
                "throwing",
                () ->
                    hasher(
                        (_, _, _, _) ->
                            HashersTest.<MerkleHash>failing(new IllegalStateException("broken"))
                                .get()),
                patience),
            new Candidate(
                "wrong",
                () ->
                    hasher(
                        (key, bytes, from, length) ->
                            right.hash(key, bytes, from, length == 33_000 ? 32_999 : length)),
                patience),
            new Candidate("wrong among many", () -> wrongAmongMany(right), patience),
            new Candidate("slow", () -> hasher(right::hash), patience),
            new Candidate("good", () -> hasher(quick(right)), Duration.ofSeconds(10)),
            new Candidate("never", failing(new IllegalStateException("not asked")), patience));

    var report = HasherChoice.among(candidates, false);

    assertThat(report.findings())
        .extracting(Finding::outcome)
        .containsExactly(
            Outcome.ABSENT,
            Outcome.WRONG,
            Outcome.WRONG,
            Outcome.WRONG,
            Outcome.WRONG,
            Outcome.SLOW,
            Outcome.GOOD,
            Outcome.NOT_TRIED,
            Outcome.GOOD);
    assertThat(report.findings().get(3).detail()).contains("33000");
    assertThat(report.findings().get(4).detail()).contains("65537");
  }

  private interface Function {
    MerkleHash hash(Blake3Key key, byte[] bytes, int offset, int length);
  }

  /** Right, and faster than anything at the size whose rate is measured. */
  private static Function quick(ChunkHasher right) {
    var known = new ConcurrentHashMap<Integer, MerkleHash>();
    return (key, bytes, from, length) ->
        length == 64 << 10
            ? known.computeIfAbsent(from, _ -> right.hash(key, bytes, from, length))
            : right.hash(key, bytes, from, length);
  }

  /** Right but when it gets many ranges at once. */
  private static ChunkHasher wrongAmongMany(ChunkHasher right) {
    return new Tested(right::hash) {
      @Override
      public void hashAll(
          Blake3Key key, byte[] bytes, int[] bounds, int count, byte[] target, int at) {
        var wrong = bounds.clone();
        for (int i = 0; i < count; i++) {
          wrong[2 * i] += wrong[2 * i + 1] - wrong[2 * i] == 65_537 ? 1 : 0;
        }
        super.hashAll(key, bytes, wrong, count, target, at);
      }
    };
  }

  private static ChunkHasher hasher(Function function) {
    return new Tested(function);
  }

  private static class Tested implements ChunkHasher {
    private final Function function;

    Tested(Function function) {
      this.function = function;
    }

    @Override
    public String name() {
      return "tested";
    }

    @Override
    public MerkleHash hash(Blake3Key key, byte[] bytes, int offset, int length) {
      return function.hash(key, bytes, offset, length);
    }
  }

  private static <T> Supplier<T> failing(Throwable failure) {
    return () -> {
      if (failure instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) failure;
    };
  }

  @Test
  void givenALibraryThatIsNone_whenLoaded_thenItIsAbsentAndSaysWhy() {
    var nowhere = Optional.of("/no/such/library.so");

    assertThatThrownBy(() -> NativeBlake3.load(nowhere))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(HasherChoice.tryAll(nowhere).findings().getFirst().outcome())
        .isEqualTo(Outcome.ABSENT);
  }
}
