package dev.ashlar.objectstore;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.Compression;
import dev.ashlar.core.xorb.XorbFooter;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Random;

/** A xorb made for tests, with the raw bytes of its chunks. */
public final class SampleXorb {
  private static final int CHUNK_BYTES_MAX = 20_000;

  private final XorbIndex index;
  private final byte[] raw;
  private final byte[] body;

  private SampleXorb(XorbIndex index, byte[] raw, byte[] body) {
    this.index = index;
    this.raw = raw;
    this.body = body;
  }

  /** Chunks of random lengths and bytes, every third one compressible; the same for a seed. */
  public static SampleXorb random(int chunks, long seed) {
    var random = new Random(seed);
    var builder = new XorbIndex.Builder();
    var raw = new ByteArrayOutputStream();
    var body = new ByteArrayOutputStream();
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
    for (int i = 0; i < chunks; i++) {
      var chunk = new byte[1 + random.nextInt(CHUNK_BYTES_MAX)];
      if (i % 3 == 0) {
        Arrays.fill(chunk, (byte) i);
      } else {
        random.nextBytes(chunk);
      }
      int length = new ChunkCodec().encode(chunk, 0, chunk.length, Compression.LZ4, stored, 0);
      builder.add(XetHash.chunk(chunk, 0, chunk.length), chunk.length, stored, 0, length);
      raw.writeBytes(chunk);
      body.write(stored, 0, length);
    }
    return new SampleXorb(builder.build(), raw.toByteArray(), body.toByteArray());
  }

  /** Publishes body and tail as an object. */
  public ObjectKey publish(ObjectStore store, Staging staging) throws IOException {
    var key = ObjectKey.fresh("xorb");
    var staged = staging.newFile();
    try (var out = Files.newOutputStream(staged)) {
      out.write(body);
      out.write(XorbFooter.write(hash(), index));
    }
    store.publish(key, staged);
    return key;
  }

  /** The xorb's hash. */
  public MerkleHash hash() {
    return index.xorbHash();
  }

  /** Where its chunks lie. */
  public XorbIndex index() {
    return index;
  }

  /** All chunks uncompressed; do not change it. */
  public byte[] raw() {
    return raw;
  }

  /** The serialized body; do not change it. */
  public byte[] body() {
    return body;
  }
}
