package dev.ashlar.reconstruction;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.Compression;
import dev.ashlar.core.xorb.XorbIndex;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** Xorbs in memory, as bodies and as the bytes they hold. */
final class MemoryXorbs implements RangeReader {
  private static final List<Compression> COMPRESSIONS = List.of(Compression.values());

  private final Map<MerkleHash, XorbIndex> xorbs = new LinkedHashMap<>();
  private final Map<MerkleHash, byte[]> bodies = new HashMap<>();
  private final Map<MerkleHash, byte[]> raws = new HashMap<>();

  /** A xorb of these many chunks, each of 1 to {@code chunkBytesMax} bytes, in all compressions. */
  MerkleHash addRandom(Random random, int chunks, int chunkBytesMax) {
    var sizes = new int[chunks];
    for (int i = 0; i < chunks; i++) {
      sizes[i] = 1 + random.nextInt(chunkBytesMax);
    }
    return add(random, sizes);
  }

  MerkleHash add(Random random, int... sizes) {
    var body = new ByteArrayOutputStream();
    var raw = new ByteArrayOutputStream();
    var codec = new ChunkCodec();
    var index = new XorbIndex.Builder();
    for (int size : sizes) {
      var chunk = new byte[size];
      random.nextBytes(chunk);
      for (int i = random.nextInt(size); i < size; i++) {
        chunk[i] = (byte) (i / 7);
      }
      var compression = COMPRESSIONS.get(random.nextInt(COMPRESSIONS.size()));
      var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
      int length = codec.encode(chunk, 0, size, compression, stored, 0);
      index.add(XetHash.chunk(chunk, 0, size), size, stored, 0, length);
      body.write(stored, 0, length);
      raw.writeBytes(chunk);
    }
    var built = index.build();
    var hash = built.xorbHash();
    xorbs.put(hash, built);
    bodies.put(hash, body.toByteArray());
    raws.put(hash, raw.toByteArray());
    return hash;
  }

  List<MerkleHash> hashes() {
    return List.copyOf(xorbs.keySet());
  }

  XorbIndex index(MerkleHash xorb) {
    return Objects.requireNonNull(xorbs.get(xorb));
  }

  byte[] body(MerkleHash xorb) {
    return Objects.requireNonNull(bodies.get(xorb));
  }

  Term term(MerkleHash xorb, int start, int end) {
    var chunks = new ChunkRange(start, end);
    return new Term(xorb, chunks, index(xorb).rawBytes(chunks));
  }

  /** A file of random terms; some follow on the one before, some repeat. */
  FileManifest manifest(Random random, int count) {
    var terms = new ArrayList<Term>();
    for (int i = 0; i < count; i++) {
      var xorb = hashes().get(random.nextInt(xorbs.size()));
      int chunks = index(xorb).chunkCount();
      int start = random.nextInt(chunks);
      terms.add(term(xorb, start, start + 1 + random.nextInt(chunks - start)));
    }
    return new FileManifest(MerkleHash.ZERO, terms);
  }

  byte[] content(FileManifest manifest) {
    var content = new ByteArrayOutputStream();
    for (var term : manifest.terms()) {
      var raw = Objects.requireNonNull(raws.get(term.xorb()));
      int from = index(term.xorb()).rawStart(term.chunks().start());
      content.write(raw, from, Math.toIntExact(term.bytes()));
    }
    return content.toByteArray();
  }

  @Override
  public void read(MerkleHash xorb, ChunkRange chunks, ByteBuffer target) {
    var range = index(xorb).bodyRange(chunks);
    int start = Math.toIntExact(range.start());
    target.clear().put(body(xorb), start, Math.toIntExact(range.bytes()));
  }
}
