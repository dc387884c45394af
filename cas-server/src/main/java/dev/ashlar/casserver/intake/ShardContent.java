package dev.ashlar.casserver.intake;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.shard.ShardFile;
import dev.ashlar.core.shard.ShardReader;
import dev.ashlar.core.shard.ShardVisitor;
import dev.ashlar.core.shard.ShardXorb;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * A shard on disk: its files in memory, its xorb blocks read again when they are needed, one at a
 * time.
 */
final class ShardContent {
  private static final int BLOCK_BYTES = 64 << 10;

  private final Path file;
  private final LinkedHashMap<MerkleHash, ShardFile> files = new LinkedHashMap<>();
  private final TreeMap<MerkleHash, Long> xorbs = new TreeMap<>();

  private ShardContent(Path file) {
    this.file = file;
  }

  /**
   * Reads the shard once without keeping anything: rubbish is told from a shard before it counts.
   */
  static void requireForm(Path file) throws IOException {
    new ShardContent(file)
        .walk(
            new ShardVisitor() {
              @Override
              public void file(ShardFile block) {
                ShardCheck.requireRangeHashes(block);
              }

              @Override
              public void xorb(ShardXorb block) {}
            });
  }

  /** Reads the whole shard; of a file that is named twice the first block counts. */
  static ShardContent read(Path file) throws IOException {
    var content = new ShardContent(file);
    content.walk(
        new ShardVisitor() {
          @Override
          public void file(ShardFile block) {
            content.files.putIfAbsent(block.manifest().file(), block);
            for (var term : block.manifest().terms()) {
              content.xorbs.putIfAbsent(term.xorb(), block.offset());
            }
          }

          @Override
          public void xorb(ShardXorb block) {
            content.xorbs.putIfAbsent(block.hash(), block.offset());
          }
        });
    return content;
  }

  /** The file blocks in order. */
  Collection<ShardFile> files() {
    return files.values();
  }

  /** Every xorb that the shard names anywhere, in the order of hashes, and where it does first. */
  SequencedMap<MerkleHash, Long> xorbs() {
    return xorbs;
  }

  /** Reads the xorb blocks once more. */
  void forEachXorb(Consumer<ShardXorb> each) throws IOException {
    walk(
        new ShardVisitor() {
          @Override
          public void file(ShardFile block) {}

          @Override
          public void xorb(ShardXorb block) {
            each.accept(block);
          }
        });
  }

  private void walk(ShardVisitor visitor) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file), BLOCK_BYTES)) {
      ShardReader.read(in, Files.size(file), visitor);
    }
  }
}
