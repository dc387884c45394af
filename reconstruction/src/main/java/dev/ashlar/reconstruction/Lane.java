package dev.ashlar.reconstruction;

import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.xorb.CorruptXorbException;
import dev.ashlar.core.xorb.RawChunks;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Reads and decodes one piece at a time into an array that is used again for the next. */
final class Lane {
  private final RawChunks chunks = new RawChunks();
  private final byte[] raw = new byte[Piece.BYTES_MAX];
  private int rawBytes;

  /** Leaves the piece's bytes in {@link #raw}; whatever does not fit the index is a failure. */
  Lane read(Piece piece, RangeReader reader) throws IOException {
    rawBytes = 0;
    Blocks.use(block -> read(piece, reader, block.clear()));
    return this;
  }

  private void read(Piece piece, RangeReader reader, ByteBuffer block) throws IOException {
    reader.read(piece.xorb(), piece.chunks(), block);
    var body = piece.body();
    if (block.position() != body.bytes()) {
      throw new EOFException("of xorb " + piece.xorb() + " came not all of " + piece.chunks());
    }
    for (int i = piece.chunks().start(); i < piece.chunks().end(); i++) {
      int start = piece.index().bodyStart(i);
      int at = start - (int) body.start();
      decode(piece, i, block.slice(at, piece.index().bodyEnd(i) - start));
    }
  }

  private void decode(Piece piece, int number, ByteBuffer stored) throws IOException {
    int bytes = copy(piece, number, stored);
    if (bytes != piece.index().rawBytes(number)) {
      throw new CorruptXorbException(
          "chunk " + number + " of xorb " + piece.xorb() + " does not have the length it had once");
    }
    rawBytes += bytes;
  }

  /** A chunk in the store that cannot be decoded is our fault, not that of who asked for it. */
  private int copy(Piece piece, int number, ByteBuffer stored) throws IOException {
    try {
      return chunks.copy(stored, raw, rawBytes);
    } catch (ProblemException | IndexOutOfBoundsException e) {
      var corrupt =
          new CorruptXorbException(
              "chunk " + number + " of xorb " + piece.xorb() + ": " + e.getMessage());
      corrupt.initCause(e);
      throw corrupt;
    }
  }

  byte[] raw() {
    return raw;
  }

  int rawBytes() {
    return rawBytes;
  }
}
