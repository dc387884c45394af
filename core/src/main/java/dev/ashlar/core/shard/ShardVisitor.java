package dev.ashlar.core.shard;

/** Takes the blocks of a shard in their order: all files, then all xorbs. */
public interface ShardVisitor {
  /** One file block. */
  void file(ShardFile file);

  /** One xorb block. */
  void xorb(ShardXorb xorb);
}
