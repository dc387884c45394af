package dev.ashlar.hub.git;

import org.eclipse.jgit.internal.storage.dfs.DfsBlockCache;
import org.eclipse.jgit.internal.storage.dfs.DfsBlockCacheConfig;
import org.eclipse.jgit.lib.Config;

/** How JGit behaves here: the settings of every repository, and the cache that they share. */
final class Settings {
  private static final int BLOCK_BYTES = 1 << 16;
  private static final long CACHE_BYTES_MIN = 32L << 20;
  private static final long CACHE_BYTES_MAX = 512L << 20;

  static {
    DfsBlockCache.reconfigure(
        new DfsBlockCacheConfig().setBlockSize(BLOCK_BYTES).setBlockLimit(cacheBytes()));
  }

  private Settings() {}

  /** A sixteenth of the heap, for all repositories together. */
  private static long cacheBytes() {
    var share = Math.clamp(Runtime.getRuntime().maxMemory() / 16, CACHE_BYTES_MIN, CACHE_BYTES_MAX);
    return share / BLOCK_BYTES * BLOCK_BYTES;
  }

  /** Makes the cache, once a process: JGit knows only one. */
  static void load() {}

  static void apply(Config config) {
    config.setBoolean("core", null, "bare", true);
    config.setBoolean("uploadpack", null, "allowfilter", true);
    config.setBoolean("uploadpack", null, "allowreachablesha1inwant", true);
    config.setBoolean("uploadpack", null, "advertisewaitfordone", true);
    config.setBoolean("uploadpack", null, "allowsidebandall", true);
    config.setBoolean("uploadpack", null, "advertisesidebandall", true);
    config.setBoolean("receive", null, "fsckobjects", true);
    config.setInt("pack", null, "threads", 1);
  }
}
