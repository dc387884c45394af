package dev.ashlar.core.token;

import dev.ashlar.core.hash.Sha256;

/**
 * Permission to send one LFS object of this length into a repository in parts, all of {@code
 * partBytes} but the last.
 */
public record PartsUrl(long callerId, long repoId, Sha256 oid, long bytes, long partBytes) {
  public PartsUrl {
    if (bytes < 0 || partBytes <= 0 || bytes / partBytes >= Integer.MAX_VALUE) {
      throw new IllegalArgumentException(bytes + " bytes in parts of " + partBytes);
    }
  }

  /** The number of parts; they count from 1. */
  public int parts() {
    return Math.toIntExact(bytes / partBytes + (bytes % partBytes == 0 ? 0 : 1));
  }

  /** The length of a part. */
  public long bytesOf(int number) {
    if (number < 1 || number > parts()) {
      throw new IllegalArgumentException("part " + number + " of " + parts());
    }
    return number < parts() ? partBytes : bytes - (parts() - 1) * partBytes;
  }
}
