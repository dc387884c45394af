package dev.ashlar.hub.commit;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import java.io.IOException;
import java.io.InputStream;

/** Takes the bytes of a large file that reached the hub inside a request. */
@FunctionalInterface
public interface LargeFileIntake {
  /** A file that is stored, and held by the repository for some time. */
  record Stored(MerkleHash file, Sha256 sha256, long bytes) {}

  /** Stores all bytes of the stream, which stays the caller's to close. */
  Stored take(long callerId, long repoId, InputStream bytes) throws IOException;
}
