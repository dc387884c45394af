package dev.ashlar.core.shard;

import java.util.HexFormat;

/** Numbers that the reader and the writer of shards share. */
final class ShardFormat {
  static final int VERSION = 2;
  static final int FOOTER_VERSION = 1;
  static final int FOOTER_BYTES = 200;

  /** Bits of a file block's flags. */
  static final int HAS_RANGES = 31;

  static final int HAS_SHA256 = 30;

  /** Where the flags of a file block, and the count of any block, stand in its first record. */
  static final int FLAGS_AT = 32;

  static final int COUNT_AT = 36;

  /**
   * Chunks that all terms of a shard may name together: 2 TiB of mean chunks. Each costs hashing
   * when the shard is checked, and a term of 48 bytes can name 8192 of them again and again.
   */
  static final long TERM_CHUNKS_MAX = 1 << 25;

  private static final byte[] MAGIC =
      HexFormat.of().parseHex("48465265706f4d6574614461746100556967456a7b815783a5bdd95ccdd14aa9");

  private ShardFormat() {}

  static int magicBytes() {
    return MAGIC.length;
  }

  static byte magic(int at) {
    return MAGIC[at];
  }
}
