package dev.ashlar.chunker;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.core.xorb.XorbLimits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packs new chunks into xorbs, each as full as the limits allow.
 *
 * <p>A chunk's place follows from uncompressed lengths alone, so it is given out before the chunk
 * is compressed; the stored bytes come later, in the same order.
 */
final class XorbPacker {
  private final XorbSink sink;
  private final List<MerkleHash> published = new ArrayList<>();
  private Place.Xorb.Own filling = new Place.Xorb.Own(0);
  private int chunks;
  private long rawBytes;
  private XorbSink.@Nullable Draft draft;
  private XorbIndex.Builder index = new XorbIndex.Builder();

  XorbPacker(XorbSink sink) {
    this.sink = sink;
  }

  /** The place of the next new chunk. */
  Place allocate(int chunkBytes) {
    if (chunks == XorbLimits.CHUNKS_MAX || rawBytes + chunkBytes > XorbLimits.RAW_BYTES_MAX) {
      filling = new Place.Xorb.Own(filling.number() + 1);
      chunks = 0;
      rawBytes = 0;
    }
    rawBytes += chunkBytes;
    return new Place(filling, chunks++);
  }

  /** Adds the stored form of the next chunk, whose place was {@code place}. */
  void append(Place place, MerkleHash hash, int chunkBytes, byte[] stored, int storedBytes)
      throws IOException {
    boolean isNext = !place.xorb().equals(new Place.Xorb.Own(published.size()));
    if (isNext && draft != null) {
      publish(draft);
    }
    if (draft == null) {
      draft = sink.begin();
    }
    draft.append(stored, 0, storedBytes);
    index.add(hash, chunkBytes, stored, 0, storedBytes);
  }

  /** Publishes the last xorb and returns the names of all, in their order. */
  List<MerkleHash> finish() throws IOException {
    if (draft != null) {
      publish(draft);
    }
    return published;
  }

  private void publish(XorbSink.Draft full) throws IOException {
    var built = index.build();
    var hash = built.xorbHash();
    full.publish(hash, built);
    draft = null;
    index = new XorbIndex.Builder();
    published.add(hash);
  }

  /** Gives up a xorb that is not published. */
  void discard() {
    if (draft != null) {
      draft.discard();
      draft = null;
    }
  }
}
