package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Walks the manifest of the file that the coming bytes are said to be, beside them.
 *
 * <p>A chunk is looked for at its own offset in that file. So a difference costs the chunks that
 * differ and no more, and one index is held at a time however long the file is.
 */
final class ExpectedFile {
  private final KnownChunks known;
  private final List<Term> terms;
  private int number;
  private long termStart;
  private @Nullable MerkleHash xorb;
  private @Nullable XorbIndex index;

  ExpectedFile(KnownChunks known) throws IOException {
    this.known = known;
    this.terms = known.expected().map(FileManifest::terms).orElse(List.of());
  }

  /** Where the expected file has this chunk at this offset, or null; offsets ascend. */
  @Nullable Place find(long offset, MerkleHash chunk) throws IOException {
    while (number < terms.size() && termStart + terms.get(number).bytes() <= offset) {
      termStart += terms.get(number).bytes();
      number++;
    }
    if (number == terms.size()) {
      return null;
    }
    var term = terms.get(number);
    var of = index(term);
    if (of == null || !of.contains(term.chunks())) {
      return null;
    }
    long rawStart = of.rawStart(term.chunks().start()) + (offset - termStart);
    int at = chunkAt(of, term, rawStart);
    return at >= 0 && of.hash(at).equals(chunk)
        ? new Place(new Place.Xorb.Stored(term.xorb()), at)
        : null;
  }

  private @Nullable XorbIndex index(Term term) throws IOException {
    if (!term.xorb().equals(xorb)) {
      xorb = term.xorb();
      index = known.index(xorb).orElse(null);
    }
    return index;
  }

  /** The chunk of the term that begins there in the uncompressed xorb, or -1. */
  private static int chunkAt(XorbIndex index, Term term, long rawStart) {
    int low = term.chunks().start();
    int high = term.chunks().end() - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int begins = index.rawStart(middle);
      if (begins == rawStart) {
        return middle;
      }
      if (begins < rawStart) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }
}
