package dev.ashlar.objectstore;

import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.xorb.CorruptXorbException;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A range of a xorb's body, of which nothing is given out before its chunk was found right. As many
 * chunks as a block holds are read at once; a small range is one reading.
 */
final class CheckedChunks extends InputStream {
  private final InputStream stored;
  private final XorbIndex index;
  private final ByteRange range;
  private final Consumer<String> damage;
  private final int endChunk;
  private int nextChunk;
  private byte[] block = new byte[0];
  private int blockStart;
  private int blockEndChunk;
  private int at;
  private int end;

  /** {@code stored} yields exactly the chunks; {@code damage} hears what is wrong with one. */
  CheckedChunks(
      InputStream stored,
      XorbIndex index,
      ChunkRange chunks,
      ByteRange range,
      Consumer<String> damage) {
    this.stored = stored;
    this.index = index;
    this.range = range;
    this.damage = damage;
    this.nextChunk = chunks.start();
    this.blockEndChunk = chunks.start();
    this.endChunk = chunks.end();
  }

  /** The chunks that a range touches, or none for an empty range. */
  static Optional<ChunkRange> touched(XorbIndex index, ByteRange range) throws EOFException {
    if (range.end() > index.bodyBytes()) {
      throw new EOFException("the body has " + index.bodyBytes() + " bytes, not " + range.end());
    }
    return range.bytes() == 0
        ? Optional.empty()
        : Optional.of(
            new ChunkRange(chunkAt(index, range.start()), chunkAt(index, range.end() - 1) + 1));
  }

  /** The first chunk that ends behind the byte. */
  private static int chunkAt(XorbIndex index, long position) {
    int low = 0;
    int high = index.chunkCount() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (index.bodyEnd(middle) > position) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  @Override
  public int read() throws IOException {
    return fill() ? block[at++] & 0xff : -1;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int n = Math.min(length, end - at);
    System.arraycopy(block, at, target, offset, n);
    at += n;
    return n;
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    long bytes = 0;
    while (fill()) {
      out.write(block, at, end - at);
      bytes += end - at;
      at = end;
    }
    return bytes;
  }

  @Override
  public int available() {
    return end - at;
  }

  /** True when bytes of checked chunks are at hand; false behind the last one. */
  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    if (nextChunk == endChunk) {
      return false;
    }
    if (nextChunk == blockEndChunk) {
      readBlock();
    }
    int first = nextChunk;
    while (nextChunk < blockEndChunk && isRight(nextChunk)) {
      nextChunk++;
    }
    if (nextChunk == first) {
      throw damaged();
    }
    at = (int) Math.max(range.start(), index.bodyStart(first)) - blockStart;
    end = (int) Math.min(range.end(), index.bodyEnd(nextChunk - 1)) - blockStart;
    return true;
  }

  private void readBlock() throws IOException {
    blockStart = index.bodyStart(nextChunk);
    do {
      blockEndChunk++;
    } while (blockEndChunk < endChunk
        && index.bodyEnd(blockEndChunk) - blockStart <= ChunkBuffers.BYTES);
    int bytes = index.bodyEnd(blockEndChunk - 1) - blockStart;
    if (block.length < bytes) {
      block = ChunkBuffers.take(bytes);
    }
    if (stored.readNBytes(block, 0, bytes) < bytes) {
      throw new EOFException("the stored object ends within chunk " + (blockEndChunk - 1));
    }
  }

  private boolean isRight(int number) {
    var crc = new CRC32C();
    int start = index.bodyStart(number);
    crc.update(block, start - blockStart, index.bodyEnd(number) - start);
    return (int) crc.getValue() == index.crc32c(number);
  }

  private CorruptXorbException damaged() {
    var fault = "the checksum of chunk " + nextChunk + " is wrong";
    nextChunk = endChunk;
    damage.accept(fault);
    return new CorruptXorbException(fault);
  }

  @Override
  public void close() throws IOException {
    end = at;
    nextChunk = endChunk;
    ChunkBuffers.give(block);
    block = new byte[0];
    stored.close();
  }
}
