package dev.ashlar.core.shard;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.problem.Problem.Malformed;
import dev.ashlar.core.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads a shard record by record: 48 bytes at a time, never more than the budget. */
final class ShardRecords {
  static final int RECORD_BYTES = 48;

  private final InputStream in;
  private final long bytesMax;
  private final byte[] bytes = new byte[RECORD_BYTES];
  private final ByteBuffer record = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  private long end;

  ShardRecords(InputStream in, long bytesMax) {
    this.in = in;
    this.bytesMax = bytesMax;
  }

  /** Moves to the next record, which must be there. */
  void next(String what) throws IOException {
    int wanted = (int) Math.min(RECORD_BYTES, bytesMax - end);
    int read = in.readNBytes(bytes, 0, wanted);
    if (read < RECORD_BYTES) {
      throw new ProblemException(new Malformed("shard", end + read, "it ends inside " + what));
    }
    end += RECORD_BYTES;
  }

  /** The offset of the current record. */
  long offset() {
    return end - RECORD_BYTES;
  }

  MerkleHash hash() {
    return MerkleHash.read(bytes, 0);
  }

  long u32(int at) {
    return Integer.toUnsignedLong(record.getInt(at));
  }

  long u64(int at) {
    return record.getLong(at);
  }

  /** A bit of a file block's flags. */
  boolean flag(int bit) {
    return (u32(ShardFormat.FLAGS_AT) >> bit & 1) == 1;
  }

  byte u8(int at) {
    return bytes[at];
  }

  /** A count whose records could still follow; anything more is refused before it is believed. */
  int count(int at, long recordsEach) {
    long count = u32(at);
    if (count > Integer.MAX_VALUE || count * recordsEach * RECORD_BYTES > bytesMax - end) {
      throw malformed(at, count + " records do not fit into the rest of the shard");
    }
    return (int) count;
  }

  /** Whether the record ends a section; one that only half does is refused. */
  boolean isBookend() {
    if ((u64(0) & u64(8) & u64(16) & u64(24)) != -1) {
      return false;
    }
    if ((u64(32) | u64(40)) != 0) {
      throw malformed(32, "a section's end carries bytes that are not zero");
    }
    return true;
  }

  ProblemException malformed(int at, String reason) {
    return new ProblemException(new Malformed("shard", offset() + at, reason));
  }
}
