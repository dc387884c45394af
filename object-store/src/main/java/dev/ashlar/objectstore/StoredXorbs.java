package dev.ashlar.objectstore;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.xorb.CorruptXorbException;
import dev.ashlar.core.xorb.XorbFooter;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.CRC32C;

/**
 * The xorbs of a store: their indexes, read from the objects' tails and cached, and their bodies,
 * of which no byte leaves before its chunk's checksum was found right.
 */
public final class StoredXorbs {
  private static final System.Logger LOG = System.getLogger(StoredXorbs.class.getName());
  private static final long CACHE_BYTES = 64 << 20;
  private static final int CHUNK_WEIGHT = 44;
  private static final int ENTRY_WEIGHT = 200;

  private final ObjectStore store;
  private final Cache<ObjectKey, XorbIndex> indexes;
  private final LongAdder damaged = new LongAdder();

  /**
   * The xorbs of {@code store}, with a cache for the indexes of more than a thousand usual xorbs.
   */
  public StoredXorbs(ObjectStore store) {
    this(store, CACHE_BYTES);
  }

  /** The xorbs of {@code store}; their indexes take up to about {@code cacheBytes} of memory. */
  public StoredXorbs(ObjectStore store, long cacheBytes) {
    this.store = store;
    this.indexes =
        Caffeine.newBuilder()
            .maximumWeight(cacheBytes)
            .weigher(
                (ObjectKey _, XorbIndex index) -> ENTRY_WEIGHT + CHUNK_WEIGHT * index.chunkCount())
            .build();
  }

  /** The index of a stored xorb. */
  public XorbIndex index(ObjectKey key) throws IOException {
    var cached = indexes.getIfPresent(key);
    if (cached != null) {
      return cached;
    }
    try {
      var index = readIndex(key);
      indexes.put(key, index);
      return index;
    } catch (CorruptXorbException e) {
      reportDamage(key, e.toString());
      throw e;
    }
  }

  private XorbIndex readIndex(ObjectKey key) throws IOException {
    long bytes = store.bytes(key).orElseThrow(() -> new NoSuchFileException(key.text()));
    if (bytes < XorbFooter.TRAILER_BYTES) {
      throw new CorruptXorbException("a stored xorb has only " + bytes + " bytes");
    }
    int tailBytes = XorbFooter.tailBytes(last(key, bytes, XorbFooter.TRAILER_BYTES));
    if (tailBytes > bytes) {
      throw new CorruptXorbException("a stored xorb is shorter than its tail");
    }
    return XorbFooter.read(last(key, bytes, tailBytes), bytes).index();
  }

  private byte[] last(ObjectKey key, long objectBytes, int count) throws IOException {
    var bytes = new byte[count];
    store.read(key, new ByteRange(objectBytes - count, objectBytes), bytes, 0);
    return bytes;
  }

  /** The length of a xorb's body: what may be served of the object. */
  public long bodyBytes(ObjectKey key) throws IOException {
    return index(key).bodyBytes();
  }

  /**
   * Opens a range of a xorb's body, which need not begin or end with a chunk. The chunks that it
   * touches are read whole, one at a time, and checked before any of their bytes leave; a chunk
   * that is not what was stored ends the stream with a {@link CorruptXorbException}.
   */
  public InputStream open(ObjectKey key, ByteRange body) throws IOException {
    var index = index(key);
    var chunks = CheckedChunks.touched(index, body);
    if (chunks.isEmpty()) {
      return InputStream.nullInputStream();
    }
    var whole = index.bodyRange(chunks.get());
    return new CheckedChunks(
        store.open(key, whole), index, chunks.get(), body, fault -> reportDamage(key, fault));
  }

  /**
   * Reads whole stored chunks to the beginning of the target with one reading, and finds the
   * checksum of each right before it returns.
   */
  public void read(ObjectKey key, ChunkRange chunks, ByteBuffer target) throws IOException {
    var index = index(key);
    var range = index.bodyRange(chunks);
    store.read(key, range, target.clear());
    var crc = new CRC32C();
    for (int i = chunks.start(); i < chunks.end(); i++) {
      int start = index.bodyStart(i);
      crc.reset();
      crc.update(target.slice(start - (int) range.start(), index.bodyEnd(i) - start));
      if ((int) crc.getValue() != index.crc32c(i)) {
        var fault = "the checksum of chunk " + i + " is wrong";
        reportDamage(key, fault);
        throw new CorruptXorbException(fault);
      }
    }
  }

  /** How many times damage was met; each was logged with its key. */
  public long damagedReads() {
    return damaged.sum();
  }

  /** Damage must be seen by people, and the index may be as wrong as the bytes. */
  private void reportDamage(ObjectKey key, String fault) {
    damaged.add(1);
    indexes.invalidate(key);
    LOG.log(Level.ERROR, "stored xorb damaged key=" + key + " fault=" + fault);
  }
}
