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

  private static final int READ_BYTES = 64 << 10;

  /** Bytes copied before they are scanned: what lies behind the cut is copied a second time. */
  private static final int STEP_BYTES = 16 << 10;

  private final InputStream in;
  private final byte[] read = new byte[READ_BYTES];
  private int at;
  private int end;

  /** A chunker of what {@code in} still has; the stream is not closed. */
  public Chunker(InputStream in) {
    this.in = in;
  }

  /**
   * Reads the next chunk into {@code chunk}, which has room for {@link #BYTES_MAX} bytes, and
   * returns its length, or -1 at the end of the stream.
   */
  public int next(byte[] chunk) throws IOException {
    int filled = 0;
    while (filled < BYTES_MAX && (at < end || refill())) {
      int step = Math.min(STEP_BYTES, Math.min(end - at, BYTES_MAX - filled));
      System.arraycopy(read, at, chunk, filled, step);
      int cut = GearScan.firstEnd(chunk, Math.max(filled, BYTES_MIN - 1), filled + step);
      if (cut > 0) {
        at += cut - filled;
        return cut;
      }
      at += step;
      filled += step;
    }
    return filled == 0 ? -1 : filled;
  }

  private boolean refill() throws IOException {
    at = 0;
    end = 0;
    int got = in.read(read, 0, READ_BYTES);
    while (got == 0) {
      got = in.read(read, 0, READ_BYTES);
    }
    end = Math.max(0, got);
    return got > 0;
  }
}
