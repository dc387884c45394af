package dev.ashlar.hub.commit;

/**
 * What a commit request may cost.
 *
 * @param lfsBytesMin content longer than this is stored as a large file
 */
public record CommitLimits(
    int operationsMax, long bodyBytesMax, long lineBytesMax, long lfsBytesMin) {
  /** Enough for every known client, and for a dozen text files of 9 MB in one commit. */
  public static final CommitLimits DEFAULT =
      new CommitLimits(25_000, 512L << 20, 64L << 20, 10L << 20);
}
