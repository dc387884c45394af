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

/** A range of a xorb's body, given out chunk by chunk as each is found right; holds one chunk. */
final class CheckedChunks extends InputStream {
  private final InputStream stored;
  private final XorbIndex index;
  private final ByteRange range;
  private final Consumer<String> damage;
  private final int lastChunk;
  private int nextChunk;
  private byte[] chunk = new byte[0];
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
    this.lastChunk = chunks.end() - 1;
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
    return fill() ? chunk[at++] & 0xff : -1;
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
    System.arraycopy(chunk, at, target, offset, n);
    at += n;
    return n;
  }

  @Override
  public long transferTo(OutputStream out) throws IOException {
    long bytes = 0;
    while (fill()) {
      out.write(chunk, at, end - at);
      bytes += end - at;
      at = end;
    }
    return bytes;
  }

  @Override
  public int available() {
    return end - at;
  }

  /** True when bytes of a checked chunk are at hand; false behind the last one. */
  private boolean fill() throws IOException {
    if (at < end) {
      return true;
    }
    if (nextChunk > lastChunk) {
      return false;
    }
    int start = index.bodyStart(nextChunk);
    int bytes = index.bodyEnd(nextChunk) - start;
    if (chunk.length < bytes) {
      chunk = ChunkBuffers.take(bytes);
    }
    if (stored.readNBytes(chunk, 0, bytes) < bytes) {
      throw new EOFException("the stored object ends within chunk " + nextChunk);
    }
    check(bytes);
    at = (int) Math.max(0, range.start() - start);
    end = (int) Math.min(bytes, range.end() - start);
    nextChunk++;
    return true;
  }

  private void check(int bytes) throws CorruptXorbException {
    var crc = new CRC32C();
    crc.update(chunk, 0, bytes);
    if ((int) crc.getValue() != index.crc32c(nextChunk)) {
      var fault = "the checksum of chunk " + nextChunk + " is wrong";
      nextChunk = lastChunk + 1;
      damage.accept(fault);
      throw new CorruptXorbException(fault);
    }
  }

  @Override
  public void close() throws IOException {
    end = at;
    nextChunk = lastChunk + 1;
    ChunkBuffers.give(chunk);
    chunk = new byte[0];
    stored.close();
  }
}
