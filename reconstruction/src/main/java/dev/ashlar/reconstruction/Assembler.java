package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Writes the bytes that a plan describes.
 *
 * <p>Terms are cut into pieces of about a quarter of a mebibyte, which the caches of a core hold; a
 * few pieces are read and decoded ahead on virtual threads while the one before is written. So
 * memory stays at 3 MiB at most whatever the file's length, and a slow reader at the other end
 * slows the reads. A small range of one term is read and written by the caller's thread alone, as
 * others would cost more than they bring. What fails ends the whole: nothing is written in place of
 * bytes that could not be read.
 */
public final class Assembler {
  /** Lanes at work, besides the one whose bytes are being written. */
  private static final int AHEAD_MAX = 4;

  private static final long SMALL_BYTES_MAX = 2 << 20;

  private final RangeReader reader;
  private final Function<MerkleHash, XorbIndex> indexes;

  /** Reads through {@code reader}, whose ranges follow from {@code indexes}. */
  public Assembler(RangeReader reader, Function<MerkleHash, XorbIndex> indexes) {
    this.reader = reader;
    this.indexes = indexes;
  }

  /** Writes exactly the bytes of the plan's range, or throws; does not close {@code out}. */
  public void write(ReconstructionPlan plan, OutputStream out) throws IOException {
    var window = new Window(plan, out);
    var pieces = new Pieces(plan.terms(), indexes);
    if (isSmall(plan)) {
      writeHere(pieces, window);
    } else {
      writeAhead(pieces, window);
    }
    window.requireFull();
  }

  private static boolean isSmall(ReconstructionPlan plan) {
    return plan.terms().size() == 1 && plan.terms().getFirst().bytes() <= SMALL_BYTES_MAX;
  }

  private void writeHere(Pieces pieces, Window window) throws IOException {
    var lane = IdleLanes.take();
    while (pieces.hasNext()) {
      window.write(lane.read(pieces.next(), reader));
    }
    IdleLanes.give(lane);
  }

  private void writeAhead(Pieces pieces, Window window) throws IOException {
    var ahead = new ArrayDeque<Future<Lane>>();
    // After a failure, closing waits for the lanes still at work, a piece each, and does not
    // interrupt them: that could close a file channel which other readers share.
    try (var lanes = Executors.newVirtualThreadPerTaskExecutor()) {
      while (pieces.hasNext() || !ahead.isEmpty()) {
        while (pieces.hasNext() && ahead.size() < AHEAD_MAX) {
          var piece = pieces.next();
          ahead.add(lanes.submit(() -> IdleLanes.take().read(piece, reader)));
        }
        var done = await(ahead.remove());
        window.write(done);
        IdleLanes.give(done);
      }
    }
  }

  private static Lane await(Future<Lane> lane) throws IOException {
    try {
      return lane.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a range was being read");
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException io -> throw io;
        case RuntimeException unchecked -> throw unchecked;
        case Error error -> throw error;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
