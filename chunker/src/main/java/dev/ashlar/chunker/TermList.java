package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Joins the places of a file's chunks, in file order, into as few terms as they allow. */
final class TermList {
  private record Run(Place.Xorb xorb, int start, int end, long bytes) {}

  private final List<Run> runs = new ArrayList<>();
  private final Fragmentation fragmentation;
  private @Nullable Place last;
  private int start;
  private long bytes;

  TermList(Fragmentation fragmentation) {
    this.fragmentation = fragmentation;
  }

  void add(Place place, int chunkBytes) {
    if (last == null || !last.isBefore(place)) {
      endRun();
      start = place.chunk();
    }
    last = place;
    bytes += chunkBytes;
  }

  private void endRun() {
    if (last != null) {
      runs.add(new Run(last.xorb(), start, last.chunk() + 1, bytes));
      fragmentation.ended(last.chunk() + 1 - start);
      bytes = 0;
    }
  }

  /** The terms; the own xorbs have got their names, by number. */
  List<Term> terms(List<MerkleHash> own) {
    endRun();
    last = null;
    return runs.stream().map(run -> term(run, own)).toList();
  }

  private static Term term(Run run, List<MerkleHash> own) {
    var hash =
        switch (run.xorb()) {
          case Place.Xorb.Stored(var stored) -> stored;
          case Place.Xorb.Own(var number) -> own.get(number);
        };
    return new Term(hash, new ChunkRange(run.start(), run.end()), run.bytes());
  }
}
