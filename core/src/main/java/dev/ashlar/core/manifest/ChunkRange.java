package dev.ashlar.core.manifest;

/** Chunks {@code [start, end)} of a xorb; never empty. */
public record ChunkRange(int start, int end) {
  public ChunkRange {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException(start + ".." + end);
    }
  }

  /** The number of chunks. */
  public int count() {
    return end - start;
  }
}
