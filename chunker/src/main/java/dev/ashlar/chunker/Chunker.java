package dev.ashlar.chunker;

import dev.ashlar.core.xorb.XorbLimits;
import java.io.IOException;
import java.io.InputStream;

/**
 * Cuts a stream into content-defined chunks, in the way of the reference client since 1.1.10.
 *
 * <p>A chunk ends at the first place that {@link GearScan} finds from its 8,192nd byte on, after
 * 131,072 bytes at the latest, or with the stream. The cuts do not depend on how many bytes a read
 * of the stream returns.
 */
public final class Chunker {
  /** A chunk has at least so many bytes, unless it is the last one. */
  public static final int BYTES_MIN = 8 << 10;

  /** A chunk has at most so many bytes. */
  public static final int BYTES_MAX = XorbLimits.CHUNK_RAW_BYTES_MAX;

  private final InputStream in;
  private final GearScan scan = new GearScan();
  private int at = GearScan.START;
  private int end = GearScan.START;

  /** A chunker of what {@code in} still has; the stream is not closed. */
  public Chunker(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the next chunk into {@code chunk}, which has room for {@link #BYTES_MAX} bytes, and
   * returns its length, or -1 at the end of the stream.
   */
  public int next(byte[] chunk) throws IOException {
    return next(chunk, 0);
  }

  /** The same to {@code offset}, behind which the array has that much room. */
  int next(byte[] chunk, int offset) throws IOException {
    int filled = 0;
    while (filled < BYTES_MAX && (at < end || refill())) {
      int to = Math.min(end, at + BYTES_MAX - filled);
      int last = scan.find(Math.max(at, at + BYTES_MIN - 1 - filled), to);
      int step = (last < 0 ? to : last + 1) - at;
      System.arraycopy(scan.bytes(), at, chunk, offset + filled, step);
      at += step;
      filled += step;
      if (last >= 0) {
        return filled;
      }
    }
    return filled == 0 ? -1 : filled;
  }

  /** Only the last block of a stream is not full. */
  private boolean refill() throws IOException {
    scan.next();
    int got = in.readNBytes(scan.bytes(), GearScan.START, GearScan.BLOCK_BYTES);
    at = GearScan.START;
    end = GearScan.START + got;
    scan.scan(end);
    return got > 0;
  }
}
