package dev.ashlar.casserver.intake;

import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Problem.Unprocessable;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.shard.ShardFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;

/**
 * How much content a shard has the server hash, against how many different bytes it is made of. A
 * term of 96 bytes can name 64 MiB of the same chunks again and again, so that a few kilobytes
 * claim the SHA-256 of terabytes.
 */
final class RepeatedContent {
  private RepeatedContent() {}

  /** Refuses files that repeat the same bytes beyond the limit; returns how many they have. */
  static long require(Collection<ShardFile> files, UsedXorbs xorbs, ShardLimits limits) {
    long bytes = files.stream().mapToLong(file -> file.manifest().bytes()).sum();
    long beyond = bytes - limits.hashedBytesFree();
    if (beyond > 0) {
      long different = differentBytes(files, xorbs);
      if (beyond / limits.repeatsMax() > different) {
        throw new ProblemException(
            new Unprocessable(
                "shard",
                "its files have "
                    + bytes
                    + " bytes and repeat the same "
                    + different
                    + ": upload them in several commits"));
      }
    }
    return bytes;
  }

  /** The bytes of all chunks that the files use, each counted once. */
  private static long differentBytes(Collection<ShardFile> files, UsedXorbs xorbs) {
    var terms = new ArrayList<Term>();
    files.forEach(file -> terms.addAll(file.manifest().terms()));
    terms.sort(Comparator.comparing(Term::xorb).thenComparingInt(term -> term.chunks().start()));
    long bytes = 0;
    for (int i = 0; i < terms.size(); ) {
      var first = terms.get(i);
      int end = first.chunks().end();
      for (i++; i < terms.size() && continues(terms.get(i), first, end); i++) {
        end = Math.max(end, terms.get(i).chunks().end());
      }
      bytes += xorbs.index(first.xorb()).rawBytes(new ChunkRange(first.chunks().start(), end));
    }
    return bytes;
  }

  private static boolean continues(Term term, Term first, int end) {
    return term.xorb().equals(first.xorb()) && term.chunks().start() <= end;
  }
}
