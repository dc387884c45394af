package dev.ashlar.core.shard;

import static dev.ashlar.core.shard.ShardRecords.RECORD_BYTES;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the answer to a dedup query: a shard without files, whose chunk hashes are hidden under a
 * key that the footer tells and that expires.
 *
 * <p>There are no lookup tables, yet all three table offsets point right behind the xorb section:
 * clients read xorbs up to the first of them, and fail on a zero.
 */
public final class DedupShard {
  private static final int KEY_BYTES = 32;

  private DedupShard() {}

  /** The length of what {@link #write} writes. */
  public static long bytes(List<DedupXorb> xorbs) {
    return footerOffset(xorbs) + ShardFormat.FOOTER_BYTES;
  }

  private static long footerOffset(List<DedupXorb> xorbs) {
    long records = 3;
    for (var xorb : xorbs) {
      records += 1L + xorb.chunks().size();
    }
    return records * RECORD_BYTES;
  }

  /** Writes the whole answer, one xorb in memory at a time. */
  public static void write(
      List<DedupXorb> xorbs, byte[] key, Instant created, Instant expires, OutputStream out)
      throws IOException {
    if (key.length != KEY_BYTES) {
      throw new IllegalArgumentException("a dedup key has 32 bytes");
    }
    out.write(header());
    out.write(bookend());
    for (var xorb : xorbs) {
      out.write(block(xorb, key));
    }
    out.write(bookend());
    out.write(footer(xorbs, key, created, expires));
  }

  private static byte[] header() {
    var bytes = new byte[RECORD_BYTES];
    var header = fields(bytes);
    for (int i = 0; i < ShardFormat.magicBytes(); i++) {
      header.put(ShardFormat.magic(i));
    }
    header.putLong(ShardFormat.VERSION).putLong(ShardFormat.FOOTER_BYTES);
    return bytes;
  }

  private static byte[] bookend() {
    var bytes = new byte[RECORD_BYTES];
    Arrays.fill(bytes, 0, MerkleHash.BYTES, (byte) 0xFF);
    return bytes;
  }

  private static byte[] block(DedupXorb xorb, byte[] key) {
    var bytes = new byte[(1 + xorb.chunks().size()) * RECORD_BYTES];
    var block = fields(bytes);
    block.put(xorb.hash().bytes()).putInt(0).putInt(xorb.chunks().size());
    block.putInt((int) xorb.rawBytes()).putInt((int) xorb.bodyBytes());
    long offset = 0;
    for (var chunk : xorb.chunks()) {
      block.put(XetHash.keyed(chunk.hash(), key).bytes());
      block.putInt((int) offset).putInt((int) chunk.bytes()).putInt(0).putInt(0);
      offset += chunk.bytes();
    }
    return bytes;
  }

  private static byte[] footer(
      List<DedupXorb> xorbs, byte[] key, Instant created, Instant expires) {
    long end = footerOffset(xorbs);
    var bytes = new byte[ShardFormat.FOOTER_BYTES];
    var footer = fields(bytes);
    footer.putLong(ShardFormat.FOOTER_VERSION);
    footer.putLong(RECORD_BYTES).putLong(2 * RECORD_BYTES);
    footer.putLong(end).putLong(0).putLong(end).putLong(0).putLong(end).putLong(0);
    footer.put(key).putLong(created.getEpochSecond()).putLong(expires.getEpochSecond());
    footer.position(footer.position() + RECORD_BYTES);
    footer.putLong(xorbs.stream().mapToLong(DedupXorb::bodyBytes).sum());
    footer.putLong(0);
    footer.putLong(xorbs.stream().mapToLong(DedupXorb::rawBytes).sum());
    footer.putLong(end);
    return bytes;
  }

  private static ByteBuffer fields(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
