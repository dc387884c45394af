package dev.ashlar.core.xorb;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Reads a xorb that came from outside, once, from front to back, and believes nothing.
 *
 * <p>Every chunk is decoded and hashed before its stored bytes go on; the sums are checked before a
 * chunk is read. Behind the chunks some writers append a footer, which begins like no chunk can:
 * its bytes are counted and dropped. At most one stored and one decoded chunk are held.
 */
public final class XorbReader {
  private static final int FIRST_ROOM = 32 << 10;
  private static final int STORED_BYTES_MAX =
      ChunkHeader.BYTES + XorbLimits.CHUNK_PAYLOAD_BYTES_MAX;

  private final InputStream body;
  private final OutputStream copy;
  private final ChunkCodec codec = new ChunkCodec();
  private final XorbIndex.Builder chunks = new XorbIndex.Builder();
  private byte[] stored = new byte[FIRST_ROOM];
  private byte[] raw = new byte[FIRST_ROOM];

  private XorbReader(InputStream body, OutputStream copy) {
    this.body = body;
    this.copy = copy;
  }

  /**
   * Reads {@code body} to its end, writes it without any footer to {@code copy} and returns its
   * index. A body that is not a xorb, or not the expected one, is a {@code Malformed} problem; what
   * was written to {@code copy} until then is worthless.
   */
  public static XorbIndex verify(InputStream body, MerkleHash expected, OutputStream copy)
      throws IOException {
    return new XorbReader(body, copy).verify(expected);
  }

  private XorbIndex verify(MerkleHash expected) throws IOException {
    while (true) {
      int got = body.readNBytes(stored, 0, ChunkHeader.BYTES);
      if (got == 0) {
        break;
      }
      if (got < ChunkHeader.BYTES) {
        throw Fault.at(chunks.bodyBytes() + (long) got, "the body ends within a chunk header");
      }
      if (XorbFooter.begins(stored)) {
        dropFooter();
        break;
      }
      chunk();
    }
    if (chunks.chunkCount() == 0) {
      throw Fault.at(0, "a xorb has at least one chunk");
    }
    var index = chunks.build();
    var hash = index.xorbHash();
    if (!hash.equals(expected)) {
      throw Fault.at(index.bodyBytes(), "the chunks make xorb " + hash + ", not " + expected);
    }
    return index;
  }

  private void chunk() throws IOException {
    long position = chunks.bodyBytes();
    var header = ChunkHeader.read(stored, 0, position);
    checkLimits(header, position);
    readPayload(header, position);
    if (raw.length < header.rawBytes()) {
      raw = new byte[room(header.rawBytes(), XorbLimits.CHUNK_RAW_BYTES_MAX)];
    }
    codec.decode(header, stored, ChunkHeader.BYTES, raw, 0, position);
    var hash = XetHash.chunk(raw, 0, header.rawBytes());
    chunks.add(hash, header.rawBytes(), stored, 0, header.storedBytes());
    copy.write(stored, 0, header.storedBytes());
  }

  /** The room grows with what arrives, not with what the header promises. */
  private void readPayload(ChunkHeader header, long position) throws IOException {
    int filled = ChunkHeader.BYTES;
    while (filled < header.storedBytes()) {
      if (filled == stored.length) {
        stored = Arrays.copyOf(stored, room(filled + 1, STORED_BYTES_MAX));
      }
      int wanted = Math.min(stored.length, header.storedBytes()) - filled;
      int got = body.readNBytes(stored, filled, wanted);
      filled += got;
      if (got < wanted) {
        throw Fault.at(position + filled, "the body ends within a chunk");
      }
    }
  }

  private void checkLimits(ChunkHeader header, long position) {
    if (chunks.fits(header.storedBytes(), header.rawBytes())) {
      return;
    }
    if (chunks.chunkCount() == XorbLimits.CHUNKS_MAX) {
      throw Fault.at(position, "a xorb has at most " + XorbLimits.CHUNKS_MAX + " chunks");
    }
    if (header.rawBytes() > XorbLimits.RAW_BYTES_MAX - chunks.rawBytes()) {
      throw Fault.at(
          position + 5, "a xorb has at most " + XorbLimits.RAW_BYTES_MAX + " uncompressed bytes");
    }
    throw Fault.at(position + 1, "a body has at most " + XorbLimits.BODY_BYTES_MAX + " bytes");
  }

  private void dropFooter() throws IOException {
    long dropped = ChunkHeader.BYTES;
    while (true) {
      int got = body.read(stored, 0, stored.length);
      if (got < 0) {
        return;
      }
      dropped += got;
      if (dropped > XorbLimits.FOOTER_BYTES_MAX) {
        throw Fault.at(
            chunks.bodyBytes() + (long) XorbLimits.FOOTER_BYTES_MAX,
            "more bytes follow the chunks than a footer may have");
      }
    }
  }

  /** The next power of two, so that growing happens few times. */
  private static int room(int bytes, int bytesMax) {
    return Math.min(Integer.highestOneBit(bytes - 1) << 1, bytesMax);
  }
}
