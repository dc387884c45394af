package dev.ashlar.core.shard;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads one file block again, some terms at a time, when {@link ShardReader} has found its shard to
 * be one: a block may have more terms than memory shall hold while work on the file goes on.
 */
public final class ShardFileTerms {
  private final ShardRecords records;
  private final MerkleHash file;
  private final boolean withRanges;
  private final boolean withSha256;
  private final int count;
  private int read;

  /** The block that begins at the stream's next byte. */
  public ShardFileTerms(InputStream in) throws IOException {
    this.records = new ShardRecords(in, Long.MAX_VALUE);
    records.next("a file block");
    this.file = records.hash();
    this.withRanges = records.flag(ShardFormat.HAS_RANGES);
    this.withSha256 = records.flag(ShardFormat.HAS_SHA256);
    this.count = Math.toIntExact(records.u32(ShardFormat.COUNT_AT));
  }

  /** The file's hash. */
  public MerkleHash file() {
    return file;
  }

  /** The next terms: at most that many, and no more behind that many bytes; none at the end. */
  public List<Term> next(int termsMax, long bytesEnough) throws IOException {
    var terms = new ArrayList<Term>();
    for (long bytes = 0; read < count && terms.size() < termsMax && bytes < bytesEnough; read++) {
      records.next("the terms of a file");
      long termBytes = records.u32(36);
      var chunks = new ChunkRange((int) records.u32(40), (int) records.u32(44));
      terms.add(new Term(records.hash(), chunks, termBytes));
      bytes += termBytes;
    }
    return terms;
  }

  /** The claim behind the terms, all of which must have been read. */
  public Optional<ClaimedSha256> sha256() throws IOException {
    if (read < count) {
      throw new IllegalStateException("terms are left before the claim");
    }
    for (int i = 0; withRanges && i < count; i++) {
      records.next("the range hashes of a file");
    }
    if (!withSha256) {
      return Optional.empty();
    }
    records.next("the SHA-256 of a file");
    return Optional.of(new ClaimedSha256(Sha256.fromShard(records.hash())));
  }
}
