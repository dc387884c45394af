package dev.ashlar.core.hash;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Finds the fastest {@link ChunkHasher} that this machine has and that computes rightly.
 *
 * <p>Candidates are tried in the order of what they promise: the C library, vectors from the widest
 * that the processor has, portable Java. Each has to give the right hashes, and to get clearly
 * faster than portable Java while it is watched: a virtual machine now and then fails to compile
 * vector code, which is then far slower than no vectors at all. So whatever is chosen is warm.
 */
public final class HasherChoice {
  /** How a candidate did. */
  public enum Outcome {
    /** It is right and fast. */
    GOOD,
    /** It is right, but no faster than portable Java within the time it was given. */
    SLOW,
    /** It computed a wrong hash, or failed. */
    WRONG,
    /** This machine does not have it. */
    ABSENT,
    /** A better one was found before. */
    NOT_TRIED
  }

  /**
   * What was found about a candidate.
   *
   * @param detail why it is absent, or which library it is; may be empty
   * @param bytesPerSecond the rate at 64 KiB a call, 0 when it was not measured
   */
  public record Finding(String name, Outcome outcome, String detail, double bytesPerSecond) {}

  /** The one to use, and all candidates in the order in which they were considered. */
  public record Report(ChunkHasher chosen, List<Finding> findings) {
    public Report {
      findings = List.copyOf(findings);
    }

    /** The finding about the chosen one. */
    public Finding of(ChunkHasher hasher) {
      return findings.stream()
          .filter(finding -> finding.name().equals(hasher.name()))
          .findFirst()
          .orElseThrow();
    }
  }

  /**
   * One that may be there.
   *
   * @param loader gives it, or says by an {@link IllegalArgumentException} why it is absent
   * @param patience how long it may take to become fast
   */
  record Candidate(String name, Supplier<ChunkHasher> loader, Duration patience) {}

  private static final Duration SCALAR_PATIENCE = Duration.ofMillis(150);
  private static final Duration SCALAR_AGAIN = Duration.ofMillis(50);
  private static final Duration NATIVE_PATIENCE = Duration.ofMillis(300);

  /** Compiling the kernel takes 1 to 2 seconds of a free core, and more of a busy one. */
  private static final Duration VECTOR_PATIENCE = Duration.ofSeconds(15);

  private static final Duration MEASURED = Duration.ofMillis(200);

  private static final Duration WINDOW = Duration.ofMillis(10);
  private static final double TIMES_SCALAR_MIN = 1.5;
  private static final int MEASURED_BYTES = 64 << 10;
  private static final int[] LENGTHS = {
    0, 1, 63, 64, 65, 1023, 1024, 1025, 2048, 3072, 3073, 4096, 7 << 10, 8191, 16 << 10, 33_000,
    65_536, 65_537, 100_001, 131_072
  };

  private final byte[] bytes = new byte[131_072 + 3];
  private final Blake3Key key;
  private final ScalarBlake3 scalar = new ScalarBlake3();
  private final List<Finding> findings = new ArrayList<>();
  private double scalarRate;

  private HasherChoice() {
    var random = new Random(1);
    random.nextBytes(bytes);
    var keyBytes = new byte[32];
    random.nextBytes(keyBytes);
    this.key = new Blake3Key(keyBytes);
  }

  /** The names of all kinds, whether this machine has them or not. */
  public static List<String> names() {
    return Stream.concat(
            candidates(Optional.empty()).stream().map(Candidate::name),
            Stream.of(ScalarBlake3.NAME))
        .toList();
  }

  /**
   * Finds the one to use and makes the process use it; until then it uses portable Java. Takes some
   * milliseconds with the library, and else as long as the machine needs to compile vector code.
   *
   * @param library where libblake3 lies, or empty for the system's own
   */
  public static Report choose(Optional<String> library) {
    var report = among(candidates(library), false);
    Blake3.use(report.chosen());
    return report;
  }

  /** Tries every candidate to its end, for people who want to know; changes nothing. */
  public static Report tryAll(Optional<String> library) {
    return among(candidates(library), true);
  }

  /** Tries the candidates in order, all of them or up to the first good one. */
  static Report among(List<Candidate> candidates, boolean all) {
    return new HasherChoice().run(candidates, all);
  }

  /**
   * One kind, unchecked and cold, and none other is loaded: for measurements. Empty when this
   * machine does not have it.
   */
  public static Optional<ChunkHasher> one(String name, Optional<String> library) {
    if (name.equals(ScalarBlake3.NAME)) {
      return Optional.of(new ScalarBlake3());
    }
    var candidate = candidates(library).stream().filter(kind -> kind.name.equals(name)).findFirst();
    try {
      return candidate.map(kind -> kind.loader.get());
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static List<Candidate> candidates(Optional<String> library) {
    var candidates = new ArrayList<Candidate>();
    candidates.add(new Candidate("native", () -> NativeBlake3.load(library), NATIVE_PATIENCE));
    for (int bits : VectorWidths.BITS) {
      candidates.add(
          new Candidate("vector-" + bits, () -> VectorWidths.hasher(bits), VECTOR_PATIENCE));
    }
    return candidates;
  }

  private Report run(List<Candidate> candidates, boolean all) {
    requireScalar();
    scalarRate = rate(scalar, Double.MAX_VALUE, SCALAR_PATIENCE);
    Optional<ChunkHasher> chosen = Optional.empty();
    for (var candidate : candidates) {
      if (chosen.isPresent() && !all) {
        findings.add(new Finding(candidate.name, Outcome.NOT_TRIED, "", 0));
        continue;
      }
      var good = tried(candidate, all);
      chosen = chosen.or(() -> good);
    }
    findings.add(new Finding(scalar.name(), Outcome.GOOD, "", scalarRate));
    return new Report(chosen.orElse(scalar), findings);
  }

  /** What all others are compared with is itself compared with the protocol's example. */
  private void requireScalar() {
    var text = "Hello World!".getBytes(StandardCharsets.UTF_8);
    var expected = "d8d408e608fb9ca213b9909a65d86d725f2de4d8d540324be8a363e7a6e228cb";
    if (!scalar.hash(XetHash.DATA_KEY, text, 0, text.length).toString().equals(expected)) {
      throw new IllegalStateException("this Java virtual machine computes wrong hashes");
    }
  }

  private Optional<ChunkHasher> tried(Candidate candidate, boolean toTheEnd) {
    try {
      return measured(candidate, candidate.loader.get(), toTheEnd);
    } catch (IllegalArgumentException e) {
      findings.add(new Finding(candidate.name, Outcome.ABSENT, String.valueOf(e.getMessage()), 0));
      return Optional.empty();
    } catch (RuntimeException | LinkageError e) {
      // One that breaks must not end the start: the next one is tried.
      findings.add(new Finding(candidate.name, Outcome.WRONG, e.toString(), 0));
      return Optional.empty();
    }
  }

  private Optional<ChunkHasher> measured(
      Candidate candidate, ChunkHasher hasher, boolean toTheEnd) {
    var wrong = wrongLength(hasher);
    if (wrong.isPresent()) {
      var where = "a wrong hash of " + wrong.get() + " bytes";
      findings.add(new Finding(candidate.name, Outcome.WRONG, where, 0));
      return Optional.empty();
    }
    double rate = rateOnceFast(hasher, candidate.patience);
    boolean good = isFast(rate);
    if (good && toTheEnd) {
      rate = Math.max(rate, rate(hasher, Double.MAX_VALUE, MEASURED));
    }
    var detail = hasher instanceof NativeBlake3 loaded ? "libblake3 " + loaded.version() : "";
    findings.add(new Finding(candidate.name, good ? Outcome.GOOD : Outcome.SLOW, detail, rate));
    return good ? Optional.of(hasher) : Optional.empty();
  }

  /**
   * The rate of a candidate when it is fast, or when it has had its time. Portable Java may have
   * been compiled meanwhile, and is timed again before a candidate is believed to be faster.
   */
  private double rateOnceFast(ChunkHasher hasher, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    double rate = 0;
    do {
      var left = Duration.ofNanos(Math.max(1, end - System.nanoTime()));
      rate = Math.max(rate, rate(hasher, scalarRate * TIMES_SCALAR_MIN, left));
      if (isFast(rate)) {
        scalarRate = Math.max(scalarRate, rate(scalar, Double.MAX_VALUE, SCALAR_AGAIN));
      }
    } while (!isFast(rate) && System.nanoTime() < end);
    return rate;
  }

  private boolean isFast(double rate) {
    return rate >= scalarRate * TIMES_SCALAR_MIN;
  }

  private Optional<Integer> wrongLength(ChunkHasher hasher) {
    for (int length : LENGTHS) {
      for (int offset = 0; offset < 4; offset += 3) {
        var expected = scalar.hash(key, bytes, offset, length);
        if (!hasher.hash(key, bytes, offset, length).equals(expected)) {
          return Optional.of(length);
        }
      }
    }
    return wrongAmongMany(hasher);
  }

  /** The same lengths as one call. */
  private Optional<Integer> wrongAmongMany(ChunkHasher hasher) {
    var bounds = new int[2 * LENGTHS.length];
    for (int i = 0; i < LENGTHS.length; i++) {
      bounds[2 * i] = i % 4;
      bounds[2 * i + 1] = i % 4 + LENGTHS[i];
    }
    var hashes = new byte[LENGTHS.length * MerkleHash.BYTES];
    hasher.hashAll(key, bytes, bounds, LENGTHS.length, hashes, 0);
    for (int i = 0; i < LENGTHS.length; i++) {
      var expected = scalar.hash(key, bytes, i % 4, LENGTHS[i]);
      if (!MerkleHash.read(hashes, i * MerkleHash.BYTES).equals(expected)) {
        return Optional.of(LENGTHS[i]);
      }
    }
    return Optional.empty();
  }

  /** The best rate over a short window; ends early once it is high enough. */
  private double rate(ChunkHasher hasher, double enough, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    double best = 0;
    while (best < enough && System.nanoTime() < end) {
      long began = System.nanoTime();
      long took = 0;
      long hashed = 0;
      while (took < WINDOW.toNanos()) {
        var _ = hasher.hash(key, bytes, 0, MEASURED_BYTES);
        hashed += MEASURED_BYTES;
        took = System.nanoTime() - began;
      }
      best = Math.max(best, hashed * 1e9 / took);
    }
    return best;
  }
}
