package dev.ashlar.gateway;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.metadata.FileContents.Content;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.reconstruction.Assembler;
import dev.ashlar.reconstruction.ReconstructionPlan;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** A file put together again from ranges of its xorbs. */
final class ReadableFile {
  /** So much is planned at once: a plan needs the indexes of all xorbs that it touches. */
  private static final long PLANNED_BYTES_MAX = 256L << 20;

  private final Content content;
  private final StoredXorbs xorbs;
  private final Assembler assembler;

  ReadableFile(Content content, StoredXorbs xorbs) {
    this.content = content;
    this.xorbs = xorbs;
    this.assembler =
        new Assembler((xorb, chunks, target) -> xorbs.read(key(xorb), chunks, target), this::index);
  }

  long bytes() {
    return content.manifest().bytes();
  }

  /** Writes exactly the range. */
  void copy(ByteRange range, OutputStream out) throws IOException {
    for (long at = range.start(); at < range.end(); at += PLANNED_BYTES_MAX) {
      var window = new ByteRange(at, Math.min(range.end(), at + PLANNED_BYTES_MAX));
      try {
        assembler.write(ReconstructionPlan.of(content.manifest(), window, this::index), out);
      } catch (UncheckedIOException e) {
        throw new IOException("an index could not be read", e);
      }
    }
  }

  private XorbIndex index(MerkleHash xorb) {
    try {
      return xorbs.index(key(xorb));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectKey key(MerkleHash xorb) {
    var row = content.xorbs().get(xorb);
    if (row == null) {
      throw new ProblemException(new Missing(Kind.XORB, xorb.toString()));
    }
    return new ObjectKey(row.storageKey());
  }
}
