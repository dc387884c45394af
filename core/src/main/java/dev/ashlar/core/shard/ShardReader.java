package dev.ashlar.core.shard;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.core.xorb.XorbLimits;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the header and the two sections of a shard; lookup tables and footer behind them are left
 * unread, whatever the header promises (clients differ in what they send there).
 *
 * <p>All records have 48 bytes, little-endian:
 *
 * <pre>
 * header    magic 32 | version u64 = 2 | footer bytes u64, 0 or 200
 * file      hash 32 | flags u32 (31: range hashes, 30: SHA-256) | terms u32 | unused 8
 *   term    xorb hash 32 | unused u32 | bytes u32 | first chunk u32 | end chunk u32
 *   range   hash 32 | unused 16               one a term, after all terms
 *   sha256  digest in the order of hashes 32 | unused 16
 * xorb      hash 32 | unused u32 | chunks u32 | raw bytes u32 | bytes on disk u32, not used
 *   chunk   hash 32 | raw offset u32 | bytes u32 | hint u32, not used | unused u32
 * bookend   0xFF 32 | zero 16                 ends each section
 * </pre>
 *
 * A count is believed only when that many records can still follow, and nothing is allocated from
 * it: lists grow with what was read. One block is held at a time.
 */
public final class ShardReader {
  private final ShardRecords records;
  private final ShardVisitor visitor;
  private Optional<Boolean> ranged = Optional.empty();
  private long termChunks;

  private ShardReader(ShardRecords records, ShardVisitor visitor) {
    this.records = records;
    this.visitor = visitor;
  }

  /**
   * Reads at most {@code bytesMax} bytes; anything else than a shard is {@code Malformed}, and one
   * whose files repeat chunks beyond reason {@link OverLimit}.
   */
  public static void read(InputStream in, long bytesMax, ShardVisitor visitor) throws IOException {
    var reader = new ShardReader(new ShardRecords(in, bytesMax), visitor);
    reader.header();
    reader.files();
    reader.xorbs();
  }

  private void header() throws IOException {
    records.next("the header");
    for (int i = 0; i < ShardFormat.magicBytes(); i++) {
      if (records.u8(i) != ShardFormat.magic(i)) {
        throw records.malformed(i, "it does not begin as a shard does");
      }
    }
    if (records.u64(32) != ShardFormat.VERSION) {
      throw records.malformed(32, "only version 2 is known");
    }
    if (records.u64(40) != 0 && records.u64(40) != ShardFormat.FOOTER_BYTES) {
      throw records.malformed(40, "a footer has 200 bytes or none");
    }
  }

  private void files() throws IOException {
    records.next("the file section");
    while (!records.isBookend()) {
      visitor.file(file());
      records.next("the file section");
    }
  }

  private ShardFile file() throws IOException {
    long offset = records.offset();
    var hash = records.hash();
    boolean withRanges = records.flag(ShardFormat.HAS_RANGES);
    boolean withSha256 = records.flag(ShardFormat.HAS_SHA256);
    if (ranged.isPresent() && ranged.get() != withRanges) {
      throw records.malformed(32, "some files have range hashes and some have none");
    }
    ranged = Optional.of(withRanges);
    int count = records.count(ShardFormat.COUNT_AT, withRanges ? 2 : 1);
    var terms = new ArrayList<Term>();
    for (int i = 0; i < count; i++) {
      terms.add(term());
    }
    var ranges = new ArrayList<MerkleHash>();
    for (int i = 0; withRanges && i < count; i++) {
      records.next("the range hashes of a file");
      ranges.add(records.hash());
    }
    var sha256 = withSha256 ? sha256() : Optional.<ClaimedSha256>empty();
    return new ShardFile(offset, new FileManifest(hash, terms), ranges, sha256);
  }

  private Term term() throws IOException {
    records.next("the terms of a file");
    long bytes = records.u32(36);
    long start = records.u32(40);
    long end = records.u32(44);
    if (bytes == 0 || bytes > XorbLimits.RAW_BYTES_MAX) {
      throw records.malformed(36, "a term has 1 to " + XorbLimits.RAW_BYTES_MAX + " bytes");
    }
    if (end > XorbLimits.CHUNKS_MAX || start >= end) {
      throw records.malformed(40, "chunks " + start + " to " + end + " are no range of a xorb");
    }
    termChunks += end - start;
    if (termChunks > ShardFormat.TERM_CHUNKS_MAX) {
      throw new ProblemException(
          new OverLimit("chunks of all files in a shard", ShardFormat.TERM_CHUNKS_MAX));
    }
    return new Term(records.hash(), new ChunkRange((int) start, (int) end), bytes);
  }

  /** Zeros stand where the client knew no digest. */
  private Optional<ClaimedSha256> sha256() throws IOException {
    records.next("the SHA-256 of a file");
    var stored = records.hash();
    return stored.isZero()
        ? Optional.empty()
        : Optional.of(new ClaimedSha256(Sha256.fromShard(stored)));
  }

  private void xorbs() throws IOException {
    records.next("the xorb section");
    while (!records.isBookend()) {
      visitor.xorb(xorb());
      records.next("the xorb section");
    }
  }

  private ShardXorb xorb() throws IOException {
    long offset = records.offset();
    var hash = records.hash();
    int count = records.count(ShardFormat.COUNT_AT, 1);
    long rawBytes = records.u32(40);
    if (count == 0 || count > XorbLimits.CHUNKS_MAX) {
      throw records.malformed(36, "a xorb has 1 to " + XorbLimits.CHUNKS_MAX + " chunks");
    }
    List<HashedChunk> chunks = new ArrayList<>();
    long end = 0;
    for (int i = 0; i < count; i++) {
      records.next("the chunks of a xorb");
      long bytes = records.u32(36);
      if (records.u32(32) != end) {
        throw records.malformed(32, "the chunk begins not where the one before it ended");
      }
      if (bytes == 0 || bytes > XorbLimits.CHUNK_RAW_BYTES_MAX) {
        throw records.malformed(
            36, "a chunk has 1 to " + XorbLimits.CHUNK_RAW_BYTES_MAX + " bytes");
      }
      chunks.add(new HashedChunk(records.hash(), bytes));
      end += bytes;
    }
    if (end != rawBytes) {
      throw records.malformed(0, "the xorb's chunks have " + end + " bytes, not " + rawBytes);
    }
    return new ShardXorb(offset, hash, chunks);
  }
}
