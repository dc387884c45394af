package dev.ashlar.core.shard;

import java.util.HexFormat;

/** Numbers that the reader and the writer of shards share. */
final class ShardFormat {
  static final int VERSION = 2;
  static final int FOOTER_VERSION = 1;
  static final int FOOTER_BYTES = 200;
  static final int CHUNKS_MAX = 8192;
  static final long CHUNK_BYTES_MAX = 128 * 1024;

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
