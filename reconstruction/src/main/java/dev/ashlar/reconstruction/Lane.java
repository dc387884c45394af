package dev.ashlar.reconstruction;

import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.CorruptXorbException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads and decodes one piece at a time through buffers that are used again for the next. */
final class Lane {
  /** Room for two of the largest chunks. */
  private static final int PASSED_BYTES_MAX = 256 * 1024;

  private final ChunkCodec codec = ChunkCodec.ofStored();
  private byte[] stored = new byte[0];
  private byte[] raw = new byte[0];
  private int rawBytes;

  /** Leaves the piece's bytes in {@link #raw}; whatever does not fit the index is a failure. */
  Lane read(Piece piece, RangeReader reader) throws IOException {
    rawBytes = piece.rawBytes();
    makeRoom(rawBytes);
    int at = 0;
    try (var in = reader.open(piece.xorb(), piece.body())) {
      for (int i = piece.chunks().start(); i < piece.chunks().end(); i++) {
        at += chunk(in, piece, i, at);
      }
    }
    return this;
  }

  /** Passes the piece's bytes on, a few chunks at a time. */
  void pass(Piece piece, RangeReader reader, Window window) throws IOException {
    makeRoom(PASSED_BYTES_MAX);
    int at = 0;
    try (var in = reader.open(piece.xorb(), piece.body())) {
      for (int i = piece.chunks().start(); i < piece.chunks().end(); i++) {
        if (at + piece.index().rawBytes(i) > PASSED_BYTES_MAX) {
          window.write(raw, at);
          at = 0;
        }
        at += chunk(in, piece, i, at);
      }
    }
    window.write(raw, at);
  }

  private void makeRoom(int bytes) {
    if (raw.length < bytes) {
      raw = new byte[bytes];
    }
  }

  private int chunk(InputStream in, Piece piece, int number, int at) throws IOException {
    var index = piece.index();
    int storedBytes = index.bodyEnd(number) - index.bodyStart(number);
    if (stored.length < storedBytes) {
      stored = new byte[storedBytes];
    }
    if (in.readNBytes(stored, 0, storedBytes) < storedBytes) {
      throw new EOFException("the body of xorb " + piece.xorb() + " ends within chunk " + number);
    }
    if (decode(piece, number, storedBytes, at) != index.rawBytes(number)) {
      throw new CorruptXorbException(
          "chunk " + number + " of xorb " + piece.xorb() + " does not have the length it had once");
    }
    return index.rawBytes(number);
  }

  /** A chunk in the store that cannot be decoded is our fault, not that of who asked for it. */
  private int decode(Piece piece, int number, int storedBytes, int at) throws IOException {
    try {
      return codec.decode(stored, 0, storedBytes, raw, at);
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
