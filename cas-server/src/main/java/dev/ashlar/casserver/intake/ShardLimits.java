package dev.ashlar.casserver.intake;

/**
 * What one caller may make the server do by shards.
 *
 * @param shardsMax a caller's shards under way at once, waiting ones included
 * @param hashedBytesFree content whose SHA-256 one shard may claim, whatever it repeats
 * @param repeatsMax how many times its different bytes a shard's claims may cover beyond that
 */
public record ShardLimits(int shardsMax, long hashedBytesFree, int repeatsMax) {
  /** What a server uses: far more than clients need, who send one shard for many gigabytes. */
  public static final ShardLimits DEFAULT = new ShardLimits(32, 512L << 30, 32);
}
