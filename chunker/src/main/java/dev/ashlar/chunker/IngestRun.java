package dev.ashlar.chunker;

import dev.ashlar.chunker.ChunkEncoder.Stored;
import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleFold;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.xorb.ChunkHeader;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * One file on its way in. Chunks pass two short queues, always in file order: being hashed, and, if
 * new, being encoded. The first queue is as long as the matcher looks ahead, so that its answers
 * never depend on which thread was faster: the same bytes make the same xorbs.
 */
final class IngestRun {
  private static final int LOOK_AHEAD = Fragmentation.MATCH_CHUNKS_MIN - 1;

  private static final int ENCODING_MAX = 3;

  /**
   * Blocks for the chunks that are looked at ahead, and two for each that is encoded: its own and
   * the one it is compressed to. A file in work takes less than 2 MiB.
   */
  private static final int BLOCKS_MAX = LOOK_AHEAD + 2 * ENCODING_MAX;

  private record Encoding(
      Block block, Place place, Optional<Block> target, CompletableFuture<Stored> stored) {}

  private final Executor cpu;
  private final ChunkEncoder encoder;
  private final FileDigest digest;
  private final ChunkMatcher matcher;
  private final TermList terms;
  private final XorbPacker packer;
  private final MerkleFold tree = new MerkleFold();
  private final CompressionChoice compression = new CompressionChoice();
  private final ArrayDeque<Block> hashing = new ArrayDeque<>();
  private final ArrayDeque<Encoding> encoding = new ArrayDeque<>();
  private final ArrayDeque<Block> idle = new ArrayDeque<>();
  private int blocks;
  private long placedBytes;

  IngestRun(Executor cpu, ChunkEncoder encoder, XorbSink sink, KnownChunks known)
      throws IOException {
    var fragmentation = new Fragmentation();
    this.cpu = cpu;
    this.encoder = encoder;
    this.digest = new FileDigest(cpu);
    this.matcher = new ChunkMatcher(known, fragmentation);
    this.terms = new TermList(fragmentation);
    this.packer = new XorbPacker(sink);
  }

  IngestedFile run(InputStream in) throws IOException {
    try {
      var chunker = new Chunker(in);
      for (var block = free(); block.fill(chunker); block = free()) {
        block.begin(digest);
        hashing.add(block);
        if (hashing.size() > LOOK_AHEAD) {
          place(hashing.remove());
        }
      }
      while (!hashing.isEmpty()) {
        place(hashing.remove());
      }
      while (!encoding.isEmpty()) {
        pack(encoding.remove());
      }
      var manifest = new FileManifest(tree.file(), terms.terms(packer.finish()));
      return new IngestedFile(manifest, digest.finish(), placedBytes);
    } finally {
      packer.discard();
    }
  }

  /** A block of which nobody needs anything any more; if need be it is waited for. */
  private Block free() throws IOException {
    var next = idle.peek();
    if (blocks < BLOCKS_MAX && (next == null || !next.isDigested())) {
      blocks++;
      return new Block();
    }
    while (idle.isEmpty()) {
      pack(encoding.remove()); // there are more blocks than are looked at ahead or in hand
    }
    var block = idle.remove();
    block.awaitDigested(digest);
    return block;
  }

  private void place(Block block) throws IOException {
    var hash = block.hash(digest);
    tree.add(new HashedChunk(hash, block.bytes()));
    var place = matcher.find(placedBytes, hash, this::coming);
    placedBytes += block.bytes();
    if (place != null) {
      terms.add(place, block.bytes());
      idle.add(block);
      return;
    }
    var fresh = packer.allocate(block.bytes());
    matcher.stored(hash, fresh);
    terms.add(fresh, block.bytes());
    encoding.add(encode(block, fresh));
    if (encoding.size() > ENCODING_MAX) {
      pack(encoding.remove());
    }
  }

  private Encoding encode(Block block, Place place) throws IOException {
    var framed = block.framed();
    int bytes = block.bytes();
    var wanted = compression.next(framed, ChunkHeader.BYTES, bytes);
    if (!encoder.pays(framed, bytes, wanted)) {
      var plain = CompletableFuture.completedFuture(ChunkEncoder.plain(framed, bytes));
      return new Encoding(block, place, Optional.empty(), plain);
    }
    var target = free();
    var compressed =
        CompletableFuture.supplyAsync(
            () -> encoder.compress(framed, bytes, wanted, target.framed()), cpu);
    return new Encoding(block, place, Optional.of(target), compressed);
  }

  private Iterator<MerkleHash> coming() {
    return hashing.stream().map(block -> block.hash(digest)).iterator();
  }

  private void pack(Encoding done) throws IOException {
    var block = done.block();
    var stored = digest.await(done.stored());
    packer.append(done.place(), block.hash(digest), block.bytes(), stored.bytes(), stored.length());
    idle.add(block);
    done.target().ifPresent(idle::addFirst);
  }
}
