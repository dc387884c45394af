package dev.ashlar.core.xorb;

import dev.ashlar.core.hash.Blake3;
import dev.ashlar.core.hash.MerkleHash;
import org.jspecify.annotations.Nullable;

/**
 * Decodes and hashes whole stored chunks into a xorb's index, side by side where that is faster.
 */
final class ChunkHashes {
  private static final int SCRATCHES_KEPT = 16;

  /** Room for as much as is decoded before it is hashed: some chunks of usual length. */
  private static final int RAW_BYTES = 448 << 10;

  private static final int MANY_MAX = 64;
  private static final Spares<Scratch> SCRATCHES = new Spares<>(SCRATCHES_KEPT, Scratch::new);
  private static final Spares<XorbIndex.Builder> BUILDERS =
      new Spares<>(SCRATCHES_KEPT, XorbIndex.Builder::new);

  private final XorbIndex.Builder chunks = BUILDERS.take();
  private @Nullable XorbIndex index;

  private static final class Scratch {
    final ChunkCodec codec = new ChunkCodec();
    final byte[] raw = new byte[RAW_BYTES];
    final int[] bounds = new int[2 * MANY_MAX];
  }

  /** Adds the chunks that fill {@code bytes[0..length)}; their headers have been checked. */
  void add(byte[] bytes, int length) {
    var scratch = SCRATCHES.take();
    if (Blake3.inUse().gainsByMany()) {
      for (int at = 0; at < length; ) {
        at = addTogether(bytes, at, length, scratch);
      }
    } else {
      for (int at = 0; at < length; ) {
        at += addOne(bytes, at, scratch);
      }
    }
    SCRATCHES.give(scratch);
  }

  private int addOne(byte[] bytes, int at, Scratch scratch) {
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

  /**
   * Adds the chunks from {@code at} on that are hashed side by side, and returns where they end:
   * all are stored as they are, or all are compressed and find room when they are decoded.
   */
  private int addTogether(byte[] bytes, int start, int length, Scratch scratch) {
    var bounds = scratch.bounds;
    var first = ChunkHeader.read(bytes, start, chunks.bodyBytes());
    boolean isStored = first.compression() == Compression.NONE;
    int at = start;
    int count = 0;
    int raw = 0;
    while (at < length && count < MANY_MAX) {
      long position = chunks.bodyBytes();
      var header = ChunkHeader.read(bytes, at, position);
      int rawBytes = header.rawBytes();
      if ((header.compression() == Compression.NONE) != isStored || raw + rawBytes > RAW_BYTES) {
        break;
      }
      int payload = at + ChunkHeader.BYTES;
      int end = at + header.storedBytes();
      int from = isStored ? payload : raw;
      if (!isStored) {
        scratch.codec.decode(
            header.compression(), bytes, payload, end, scratch.raw, raw, rawBytes, position - at);
      }
      raw += rawBytes;
      bounds[2 * count] = from;
      bounds[2 * count++ + 1] = from + rawBytes;
      chunks.addUnhashed(rawBytes, bytes, at, end - at);
      at = end;
    }
    chunks.hashLast(isStored ? bytes : scratch.raw, bounds, count);
    return at;
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
