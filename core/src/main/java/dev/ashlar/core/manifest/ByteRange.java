package dev.ashlar.core.manifest;

/** Bytes {@code [start, end)}; may be empty. HTTP's inclusive ends are converted in {@code web}. */
public record ByteRange(long start, long end) {
  public ByteRange {
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(start + ".." + end);
    }
  }

  /** The number of bytes. */
  public long bytes() {
    return end - start;
  }
}
