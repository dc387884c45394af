package dev.ashlar.core.xorb;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import java.nio.ByteBuffer;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;

/**
 * Where the chunks of one stored xorb lie, and what they are: 44 bytes a chunk. Chunks may repeat.
 *
 * <p>A chunk number or range outside the xorb is an {@link IndexOutOfBoundsException}: whoever
 * takes ranges from outside asks {@link #contains} first.
 */
public final class XorbIndex {
  private final int[] bodyEnds;
  private final int[] rawEnds;
  private final int[] crcs;
  private final byte[] hashes;

  private XorbIndex(int[] bodyEnds, int[] rawEnds, int[] crcs, byte[] hashes) {
    this.bodyEnds = bodyEnds;
    this.rawEnds = rawEnds;
    this.crcs = crcs;
    this.hashes = hashes;
  }

  /** The number of chunks, at least one. */
  public int chunkCount() {
    return bodyEnds.length;
  }

  /** The hash of chunk {@code i}. */
  public MerkleHash hash(int i) {
    return MerkleHash.read(hashes, Objects.checkIndex(i, chunkCount()) * MerkleHash.BYTES);
  }

  /** The chunks that are eligible for global deduplication. */
  public List<MerkleHash> eligible() {
    return IntStream.range(0, chunkCount())
        .filter(i -> MerkleHash.isEligible(hashes, i * MerkleHash.BYTES))
        .mapToObj(this::hash)
        .toList();
  }

  /** Where stored chunk {@code i} begins in the body, with its header. */
  public int bodyStart(int i) {
    return Objects.checkIndex(i, chunkCount()) == 0 ? 0 : bodyEnds[i - 1];
  }

  /** Where stored chunk {@code i} ends in the body. */
  public int bodyEnd(int i) {
    return bodyEnds[i];
  }

  /** Where chunk {@code i} begins in the uncompressed xorb. */
  public int rawStart(int i) {
    return Objects.checkIndex(i, chunkCount()) == 0 ? 0 : rawEnds[i - 1];
  }

  /** Where chunk {@code i} ends in the uncompressed xorb. */
  public int rawEnd(int i) {
    return rawEnds[i];
  }

  /** The uncompressed length of chunk {@code i}. */
  public int rawBytes(int i) {
    return rawEnds[i] - rawStart(i);
  }

  /** The CRC32C of stored chunk {@code i}, its 8-byte header included. */
  public int crc32c(int i) {
    return crcs[i];
  }

  /** The length of the body. */
  public long bodyBytes() {
    return bodyEnds[chunkCount() - 1];
  }

  /** The uncompressed length of all chunks. */
  public long rawBytes() {
    return rawEnds[chunkCount() - 1];
  }

  /** True when the xorb has all chunks of the range. */
  public boolean contains(ChunkRange chunks) {
    return chunks.end() <= chunkCount();
  }

  /** The bytes of the body that hold these chunks, headers included. */
  public ByteRange bodyRange(ChunkRange chunks) {
    return new ByteRange(bodyStart(chunks.start()), bodyEnd(chunks.end() - 1));
  }

  /** The uncompressed length of these chunks. */
  public long rawBytes(ChunkRange chunks) {
    return rawEnd(chunks.end() - 1) - (long) rawStart(chunks.start());
  }

  /** The verification hash of a term over these chunks. */
  public MerkleHash rangeHash(ChunkRange chunks) {
    Objects.checkFromToIndex(chunks.start(), chunks.end(), chunkCount());
    return XetHash.range(
        chunks().subList(chunks.start(), chunks.end()).stream().map(HashedChunk::hash).toList());
  }

  /** The chunks in order, as a view. */
  public List<HashedChunk> chunks() {
    return new Chunks(this);
  }

  /** The xorb's own hash, computed from its chunks. */
  public MerkleHash xorbHash() {
    return XetHash.xorb(hashes.clone(), rawEnds.clone(), chunkCount());
  }

  /** Writes all raw chunk hashes. */
  void putHashes(ByteBuffer target) {
    target.put(hashes);
  }

  private static final class Chunks extends AbstractList<HashedChunk> implements RandomAccess {
    private final XorbIndex index;

    private Chunks(XorbIndex index) {
      this.index = index;
    }

    @Override
    public HashedChunk get(int i) {
      return new HashedChunk(index.hash(i), index.rawBytes(i));
    }

    @Override
    public int size() {
      return index.chunkCount();
    }
  }

  /** Collects the chunks of a xorb in their order; holds no more than the limits allow. */
  public static final class Builder {
    private static final int FIRST_ROOM = 16;

    private int[] bodyEnds = new int[FIRST_ROOM];
    private int[] rawEnds = new int[FIRST_ROOM];
    private int[] crcs = new int[FIRST_ROOM];
    private byte[] hashes = new byte[FIRST_ROOM * MerkleHash.BYTES];
    private final CRC32C crc = new CRC32C();
    private int count;

    /** The number of chunks so far. */
    public int chunkCount() {
      return count;
    }

    /** The length of the body so far. */
    public int bodyBytes() {
      return count == 0 ? 0 : bodyEnds[count - 1];
    }

    /** The uncompressed length so far. */
    public int rawBytes() {
      return count == 0 ? 0 : rawEnds[count - 1];
    }

    /** True when one more chunk of these lengths keeps the xorb within its limits. */
    public boolean fits(int storedBytes, int rawBytes) {
      return count < XorbLimits.CHUNKS_MAX
          && storedBytes <= XorbLimits.BODY_BYTES_MAX - bodyBytes()
          && rawBytes <= XorbLimits.RAW_BYTES_MAX - rawBytes();
    }

    /** Adds a chunk whose stored form, header included, is {@code stored[offset..+length)}. */
    public void add(MerkleHash hash, int rawBytes, byte[] stored, int offset, int length) {
      add(hash, rawBytes, length, crc(stored, offset, length));
    }

    /**
     * Adds such a chunk, which uncompressed is {@code raw[rawOffset..+rawBytes)}, and hashes it.
     */
    void addHashed(byte[] raw, int rawOffset, int rawBytes, byte[] stored, int offset, int length) {
      int at = place(rawBytes, length, crc(stored, offset, length));
      XetHash.chunk(raw, rawOffset, rawBytes, hashes, at);
    }

    /** Adds such a chunk whose hash is still to come, by {@link #hashLast}. */
    void addUnhashed(int rawBytes, byte[] stored, int offset, int length) {
      int _ = place(rawBytes, length, crc(stored, offset, length));
    }

    /**
     * Hashes the last {@code chunks} chunks, which uncompressed are {@code raw[bounds[2 * i] ..
     * bounds[2 * i + 1])}.
     */
    void hashLast(byte[] raw, int[] bounds, int chunks) {
      XetHash.chunks(raw, bounds, chunks, hashes, (count - chunks) * MerkleHash.BYTES);
    }

    private int crc(byte[] stored, int offset, int length) {
      crc.reset();
      crc.update(stored, offset, length);
      return (int) crc.getValue();
    }

    /** Adds a chunk whose stored form has this length and checksum. */
    void add(MerkleHash hash, int rawBytes, int storedBytes, int crc32c) {
      int at = place(rawBytes, storedBytes, crc32c);
      hash.write(hashes, at);
    }

    /** Adds a chunk and returns where its hash is to be written. */
    private int place(int rawBytes, int storedBytes, int crc32c) {
      if (rawBytes < 1 || storedBytes <= ChunkHeader.BYTES || !fits(storedBytes, rawBytes)) {
        throw new IllegalStateException("a chunk that the xorb's limits do not allow");
      }
      if (count == crcs.length) {
        int room = Math.min(2 * count, XorbLimits.CHUNKS_MAX);
        bodyEnds = Arrays.copyOf(bodyEnds, room);
        rawEnds = Arrays.copyOf(rawEnds, room);
        crcs = Arrays.copyOf(crcs, room);
        hashes = Arrays.copyOf(hashes, room * MerkleHash.BYTES);
      }
      int bodyEnd = bodyBytes() + storedBytes;
      int rawEnd = rawBytes() + rawBytes;
      bodyEnds[count] = bodyEnd;
      rawEnds[count] = rawEnd;
      crcs[count] = crc32c;
      return MerkleHash.BYTES * count++;
    }

    /** The index of all chunks added; there must be one. */
    public XorbIndex build() {
      if (count == 0) {
        throw new IllegalStateException("a xorb has at least one chunk");
      }
      return new XorbIndex(
          Arrays.copyOf(bodyEnds, count),
          Arrays.copyOf(rawEnds, count),
          Arrays.copyOf(crcs, count),
          Arrays.copyOf(hashes, count * MerkleHash.BYTES));
    }

    /** The hash of the xorb; the chunks are used up, and others may be added from the first on. */
    MerkleHash takeXorbHash() {
      var hash = XetHash.xorb(hashes, rawEnds, count);
      count = 0;
      return hash;
    }
  }
}
