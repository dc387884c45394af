package dev.ashlar.core.xorb;

import dev.ashlar.core.hash.MerkleHash;
import org.jspecify.annotations.Nullable;

/** Decodes and hashes whole stored chunks, one after the other, into a xorb's index. */
final class ChunkHashes {
  private static final int SCRATCHES_KEPT = 16;
  private static final Spares<Scratch> SCRATCHES = new Spares<>(SCRATCHES_KEPT, Scratch::new);
  private static final Spares<XorbIndex.Builder> BUILDERS =
      new Spares<>(SCRATCHES_KEPT, XorbIndex.Builder::new);

  private final XorbIndex.Builder chunks = BUILDERS.take();
  private @Nullable XorbIndex index;

  private static final class Scratch {
    final ChunkCodec codec = new ChunkCodec();
    final byte[] raw = new byte[XorbLimits.CHUNK_RAW_BYTES_MAX];
  }

  /** Adds the chunks that fill {@code bytes[0..length)}; their headers have been checked. */
  void add(byte[] bytes, int length) {
    var scratch = SCRATCHES.take();
    for (int at = 0; at < length; ) {
      at += chunk(bytes, at, scratch);
    }
    SCRATCHES.give(scratch);
  }

  private int chunk(byte[] bytes, int at, Scratch scratch) {
    long position = chunks.bodyBytes();
    var header = ChunkHeader.read(bytes, at, position);
    int payload = at + ChunkHeader.BYTES;
    int rawBytes = header.rawBytes();
    int end = at + header.storedBytes();
    if (header.compression() == Compression.NONE) {
      chunks.addHashed(bytes, payload, rawBytes, bytes, at, end - at);
    } else {
      scratch.codec.decode(
          header.compression(), bytes, payload, end, scratch.raw, 0, rawBytes, position - at);
      chunks.addHashed(scratch.raw, 0, rawBytes, bytes, at, end - at);
    }
    return end - at;
  }

  /** All chunks have been added; they must make the expected xorb. */
  void end(MerkleHash expected) {
    var all = chunks.build();
    var hash = chunks.takeXorbHash();
    BUILDERS.give(chunks);
    if (!hash.equals(expected)) {
      throw Fault.at(all.bodyBytes(), "the chunks make xorb " + hash + ", not " + expected);
    }
    index = all;
  }

  /** The index of a xorb that has ended well. */
  XorbIndex index() {
    if (index == null) {
      throw new IllegalStateException("the xorb has not ended");
    }
    return index;
  }
}
