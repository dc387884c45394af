package dev.ashlar.e2e;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.hash.XetHash;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** An upload shard of one file over the whole of one xorb, written by hand, record by record. */
final class RawShard {
  /** Where single fields lie; each record has 48 bytes. */
  static final int FILE_HASH = 48;

  static final int FILE_FLAGS = 80;
  static final int SEGMENT_COUNT = 84;
  static final int SEGMENT_XORB = 96;
  static final int SEGMENT_BYTES = 132;
  static final int SEGMENT_START = 136;
  static final int SEGMENT_END = 140;
  static final int RANGE_HASH = 144;
  static final int SHA256 = 192;
  static final int XORB_HASH = 288;
  static final int XORB_CHUNKS = 324;
  static final int XORB_RAW_BYTES = 328;
  static final int CHUNK_HASH = 336;
  static final int CHUNK_OFFSET = 368;
  static final int CHUNK_BYTES = 372;

  private static final int RECORD = 48;
  private static final int VERIFIED_WITH_SHA = 0xC0000000;
  private static final byte[] MAGIC =
      HexFormat.of().parseHex("0055696745 6a7b815783a5bdd95ccdd14aa9".replace(" ", ""));

  private RawShard() {}

  /** The honest shard of a xorb whose chunks are one file. */
  static byte[] of(RawXorb xorb) {
    var chunks = xorb.hashedChunks();
    int bytes = (int) chunks.stream().mapToLong(HashedChunk::bytes).sum();
    var out = new ByteArrayOutputStream();
    out.writeBytes("HFRepoMetaData".getBytes(StandardCharsets.US_ASCII));
    out.writeBytes(MAGIC);
    out.writeBytes(little(16).putLong(2).putLong(0).array());
    out.writeBytes(record(XetHash.file(chunks), VERIFIED_WITH_SHA, 1, 0, 0));
    out.writeBytes(record(xorb.hash(), 0, bytes, 0, chunks.size()));
    out.writeBytes(
        record(XetHash.range(chunks.stream().map(HashedChunk::hash).toList()), 0, 0, 0, 0));
    out.writeBytes(record(sha256(xorb).toShard(), 0, 0, 0, 0));
    bookend(out);
    out.writeBytes(record(xorb.hash(), 0, chunks.size(), bytes, 0));
    int offset = 0;
    for (var chunk : chunks) {
      out.writeBytes(record(chunk.hash(), offset, (int) chunk.bytes(), 0, 0));
      offset += (int) chunk.bytes();
    }
    bookend(out);
    return out.toByteArray();
  }

  /** The SHA-256 of the file that the xorb's chunks make. */
  static Sha256 sha256(RawXorb xorb) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      xorb.chunks().forEach(digest::update);
      return Sha256.of(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A copy with one bit of the byte at the offset inverted. */
  static byte[] falsified(byte[] shard, int offset) {
    var copy = shard.clone();
    copy[offset] ^= 1;
    return copy;
  }

  private static byte[] record(MerkleHash hash, int a, int b, int c, int d) {
    return little(RECORD).put(hash.bytes()).putInt(a).putInt(b).putInt(c).putInt(d).array();
  }

  private static void bookend(ByteArrayOutputStream out) {
    var end = new byte[RECORD];
    Arrays.fill(end, 0, 32, (byte) 0xff);
    out.writeBytes(end);
  }

  private static ByteBuffer little(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
