package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import java.io.IOException;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says where a file's chunks are stored already.
 *
 * <p>In this order: where the expected file has the chunk; behind the match before it; in a xorb
 * that was near lately; in a xorb that the lookup finds, which is asked for the first chunk and for
 * eligible ones, as no other chunks are indexed; among the file's own chunks. One hit brings in a
 * whole xorb and its neighbours, and content that was stored together is mostly met together.
 */
final class ChunkMatcher {
  private static final int OWN_CHUNKS_MAX = 1 << 17;

  private final KnownChunks known;
  private final Fragmentation fragmentation;
  private final ExpectedFile expected;
  private final LoadedXorbs loaded = new LoadedXorbs();
  private final OwnChunks own = new OwnChunks(OWN_CHUNKS_MAX);
  private @Nullable ChunkLookup current;
  private int next;

  ChunkMatcher(KnownChunks known, Fragmentation fragmentation) throws IOException {
    this.known = known;
    this.fragmentation = fragmentation;
    this.expected = new ExpectedFile(known);
  }

  /**
   * The place of the chunk at {@code offset}, or null when it is new.
   *
   * @param coming gives the hashes of the chunks that follow it
   */
  @Nullable Place find(long offset, MerkleHash chunk, Supplier<Iterator<MerkleHash>> coming)
      throws IOException {
    var place = expected.find(offset, chunk);
    if (place != null) {
      return place;
    }
    if (current != null && current.has(next, chunk)) {
      return current.place(next++);
    }
    current = null;
    var mine = own.find(chunk);
    var holder = holder(offset, chunk, mine != null);
    if (holder != null) {
      int number = holder.find(chunk);
      if (!fragmentation.isHigh()
          || holder.hasRun(number + 1, coming.get(), Fragmentation.MATCH_CHUNKS_MIN - 1)) {
        current = holder;
        next = number + 1;
        return holder.place(number);
      }
    }
    return mine;
  }

  private @Nullable ChunkLookup holder(long offset, MerkleHash chunk, boolean isMine)
      throws IOException {
    var holder = loaded.holding(chunk);
    boolean isIndexed = offset == 0 || chunk.isEligible();
    if (holder != null || isMine || !isIndexed) {
      return holder;
    }
    loaded.add(known.near(chunk));
    return loaded.holding(chunk);
  }

  /** The chunk was new and is stored here. */
  void stored(MerkleHash chunk, Place place) {
    own.add(chunk, place);
  }
}
