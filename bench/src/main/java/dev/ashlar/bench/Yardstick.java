package dev.ashlar.bench;

import dev.ashlar.chunker.Chunker;
import dev.ashlar.chunker.FileIngest;
import dev.ashlar.chunker.KnownChunks;
import dev.ashlar.core.hash.Blake3Key;
import dev.ashlar.core.hash.ChunkHasher;
import dev.ashlar.core.hash.HasherChoice;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.xorb.ByteGrouping4;
import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.CodecKernels;
import dev.ashlar.core.xorb.Compression;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;

/**
 * Holds each kernel against C in the same process and prints a line a figure. {@code
 * bench/yardstick} starts it and explains the lines.
 */
public final class Yardstick {
  private static final int PIECE = 64 << 10;
  private static final int PIECES = 16;
  private static final int GEAR_BYTES = 16 << 20;
  private static final int INGEST_BYTES = 32 << 20;

  private final CYard c;
  private final Path blake3Folder;
  private final Figures figures;
  private final byte[] bytes = Samples.random(PIECE * PIECES);
  private final MemorySegment nativeBytes = CYard.copy(bytes);
  private final byte[] keyBytes = Samples.random(32);
  private final MemorySegment nativeKey = CYard.copy(keyBytes);
  private final Blake3Key key = new Blake3Key(keyBytes);
  private final byte[] hash = new byte[MerkleHash.BYTES];
  private final MemorySegment out = CYard.room(64);

  private Yardstick(Path library, Path blake3Folder, int rounds, String only) {
    this.c = new CYard(library);
    this.blake3Folder = blake3Folder;
    this.figures = new Figures(new Pairing(rounds), only);
  }

  /** Takes the compiled {@code yardstick.c}, the folder of libblake3, rounds, and a name's part. */
  public static void main(String[] words) throws Exception {
    new Yardstick(Path.of(words[0]), Path.of(words[1]), Integer.parseInt(words[2]), words[3]).run();
  }

  private void run() throws Exception {
    var itself = library("libblake3");
    figures.steadiness(() -> cHash(itself));
    hashers();
    gear();
    sha256();
    lz4("from outside", new ChunkCodec(), 0.60);
    var _ = CodecKernels.choose();
    lz4("from outside", new ChunkCodec(), 0.97);
    lz4("stored", ChunkCodec.ofStored(), 0.97);
    grouping();
    new VerifyFigures(figures, c, library("libblake3"), libblake3()).print();
    ingest();
    new ReconstructFigures(figures).print();
  }

  private Optional<String> libblake3() {
    return Optional.of(blake3Folder.resolve("libblake3.so").toString());
  }

  private CYard.Blake3Library library(String name) {
    return CYard.Blake3Library.open(blake3Folder.resolve(name + ".so"));
  }

  private void cHash(CYard.Blake3Library how) {
    c.blake3(how, nativeKey, nativeBytes, PIECE, out);
  }

  /** As chunks are hashed that are verified: without an object for each. */
  private void hash(ChunkHasher hasher) {
    for (int i = 0; i < PIECES; i++) {
      hasher.hash(key, bytes, i * PIECE, PIECE, hash, 0);
    }
  }

  private void hashers() throws IOException {
    var cpu = Files.readString(Path.of("/proc/cpuinfo"), StandardCharsets.UTF_8);
    boolean wide = cpu.contains("avx512vl");
    var found = HasherChoice.available(libblake3());
    against(found, "native", "libblake3", 0.97);
    against(found, "vector-512", "libblake3-avx512", 0.65);
    many(found, "vector-512", "libblake3-avx512", 0.70);
    against(found, "vector-256", "libblake3-avx2", wide ? 0.80 : 0.50);
    against(found, "vector-128", "libblake3-sse41", 0.80);
    against(found, "scalar", "libblake3-portable", 0.55);
  }

  private void against(List<ChunkHasher> found, String name, String yardstick, double target) {
    var title = "BLAKE3 64 KiB, " + name + " / C " + yardstick;
    var hasher = found.stream().filter(one -> one.name().equals(name)).findFirst();
    if (hasher.isEmpty()) {
      figures.skipped(title, target, "this machine does not have it");
      return;
    }
    var how = library(yardstick);
    cHash(how);
    hash(hasher.get());
    same(title, hash, Arrays.copyOf(out.toArray(ValueLayout.JAVA_BYTE), MerkleHash.BYTES));
    figures.compare(title, target, () -> hash(hasher.get()), () -> cHash(how));
    figures.allocated("BLAKE3 " + name, (PIECES * PIECE) >> 20, () -> hash(hasher.get()));
  }

  /** The same pieces in one call; C takes them one after the other, as its interface has it. */
  private void many(List<ChunkHasher> found, String name, String yardstick, double target) {
    var title = "BLAKE3 many of 64 KiB, " + name + " / C " + yardstick;
    var hasher = found.stream().filter(one -> one.name().equals(name)).findFirst();
    if (hasher.isEmpty()) {
      figures.skipped(title, target, "this machine does not have it");
      return;
    }
    var bounds = new int[2 * PIECES];
    for (int i = 0; i < PIECES; i++) {
      bounds[2 * i] = i * PIECE;
      bounds[2 * i + 1] = (i + 1) * PIECE;
    }
    var hashes = new byte[PIECES * MerkleHash.BYTES];
    Runnable ours = () -> hasher.get().hashAll(key, bytes, bounds, PIECES, hashes, 0);
    ours.run();
    var how = library(yardstick);
    cHash(how);
    int last = hashes.length - MerkleHash.BYTES;
    same(
        title,
        Arrays.copyOfRange(hashes, last, hashes.length),
        Arrays.copyOf(out.toArray(ValueLayout.JAVA_BYTE), MerkleHash.BYTES));
    figures.compare(title, target, ours, () -> cHash(how));
  }

  private static void same(String title, byte[] ours, byte[] theirs) {
    if (!Arrays.equals(ours, theirs)) {
      throw new IllegalStateException(title + ": the results differ");
    }
  }

  private void gear() throws IOException {
    var data = Samples.random(GEAR_BYTES);
    var nativeData = CYard.copy(data);
    var table = CYard.copy(new byte[256 * Long.BYTES]);
    try (var in = Chunker.class.getResourceAsStream("gear_table.txt")) {
      if (in == null) {
        throw new IllegalStateException("the gear table is missing");
      }
      var lines = new String(in.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
      for (int i = 0; i < 256; i++) {
        table.setAtIndex(ValueLayout.JAVA_LONG, i, Long.parseUnsignedLong(lines.get(i), 16));
      }
    }
    var cuts = CYard.room(4L * (GEAR_BYTES / 1024));
    var hits = CYard.room(16L * (GEAR_BYTES / 1024 + 64));
    var ours = cuts(data);
    for (boolean strips : new boolean[] {false, true}) {
      long count =
          strips ? c.gearStrips(table, nativeData, cuts, hits) : c.gear(table, nativeData, cuts);
      var theirs = new ArrayList<Integer>();
      for (int i = 0; i < count; i++) {
        theirs.add(cuts.getAtIndex(ValueLayout.JAVA_INT, i));
      }
      if (!theirs.equals(ours)) {
        throw new IllegalStateException("the cuts differ");
      }
    }
    Runnable candidate = () -> cuts(data);
    figures.compare(
        "gear cuts / C with minimum skip", 1.5, candidate, () -> c.gear(table, nativeData, cuts));
    figures.compare(
        "gear cuts / C AVX2 four strips",
        0.95,
        candidate,
        () -> c.gearStrips(table, nativeData, cuts, hits));
  }

  private static List<Integer> cuts(byte[] data) {
    try {
      var chunker = new Chunker(new ByteArrayInputStream(data));
      var chunk = new byte[Chunker.BYTES_MAX];
      var ends = new ArrayList<Integer>();
      int at = 0;
      for (int n = chunker.next(chunk); n >= 0; n = chunker.next(chunk)) {
        at += n;
        ends.add(at);
      }
      return ends;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void sha256() {
    c.sha256(nativeBytes, out);
    same(
        "SHA-256",
        sha256(bytes),
        Arrays.copyOf(out.toArray(ValueLayout.JAVA_BYTE), MerkleHash.BYTES));
    figures.compare(
        "SHA-256 / OpenSSL", 0.98, () -> sha256(bytes), () -> c.sha256(nativeBytes, out));
  }

  private static byte[] sha256(byte[] bytes) {
    return Sha256.begin().digest(bytes);
  }

  /** Before anything is chosen codecs decode in portable Java. */
  private void lz4(String whence, ChunkCodec codec, double target) {
    int frameBytes = 8 + 7 + Integer.BYTES;
    for (var kind : List.of("text", "one long match")) {
      var raw = kind.equals("text") ? Samples.text(PIECE) : Samples.text(PIECE / 16);
      if (raw.length < PIECE) {
        raw = repeated(raw);
      }
      var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
      int length = codec.encode(raw, 0, PIECE, Compression.LZ4, stored, 0);
      var block = CYard.copy(Arrays.copyOfRange(stored, frameBytes, length - Integer.BYTES));
      var nativeRaw = CYard.room(PIECE);
      c.lz4(block, (int) block.byteSize(), nativeRaw, 1);
      same("LZ4", raw, nativeRaw.toArray(ValueLayout.JAVA_BYTE));
      var decoded = new byte[PIECE];
      decode(codec, stored, length, decoded);
      same("LZ4, " + whence, raw, decoded);
      var way = CodecKernels.inUse("lz4");
      figures.compare(
          "LZ4 frame decode, " + kind + ", " + whence + " (" + way + ") / liblz4 block",
          target,
          () -> decode(codec, stored, length, decoded),
          () -> c.lz4(block, (int) block.byteSize(), nativeRaw, PIECES));
    }
  }

  private static void decode(ChunkCodec codec, byte[] stored, int length, byte[] decoded) {
    for (int i = 0; i < PIECES; i++) {
      var _ = codec.decode(stored, 0, length, decoded, 0);
    }
  }

  private void grouping() {
    var raw = Arrays.copyOf(bytes, PIECE);
    var grouped = new byte[PIECE];
    var joined = new byte[PIECE];
    var nativeRaw = CYard.copy(raw);
    var nativeGrouped = CYard.room(PIECE);
    var nativeJoined = CYard.room(PIECE);
    c.bg4Split(nativeRaw, nativeGrouped, 1);
    ByteGrouping4.split(raw, 0, PIECE, grouped, 0);
    same("BG4 split", grouped, nativeGrouped.toArray(ValueLayout.JAVA_BYTE));
    var way = CodecKernels.inUse("bg4");
    figures.compare(
        "BG4 join (" + way + ") / gcc -O3",
        0.70,
        () -> {
          for (int i = 0; i < PIECES; i++) {
            ByteGrouping4.join(grouped, 0, PIECE, joined, 0);
          }
        },
        () -> c.bg4Join(nativeGrouped, nativeJoined, PIECES));
    figures.compare(
        "BG4 split (" + way + ") / gcc -O3",
        0.90,
        () -> {
          for (int i = 0; i < PIECES; i++) {
            ByteGrouping4.split(raw, 0, PIECE, grouped, 0);
          }
        },
        () -> c.bg4Split(nativeRaw, nativeGrouped, PIECES));
  }

  private static byte[] repeated(byte[] part) {
    var whole = new byte[PIECE];
    for (int at = 0; at < PIECE; at += part.length) {
      System.arraycopy(part, 0, whole, at, Math.min(part.length, PIECE - at));
    }
    return whole;
  }

  private void ingest() {
    var _ = HasherChoice.choose(libblake3());
    try (var cpu = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
      var ingest = new FileIngest(cpu);
      for (boolean compressible : new boolean[] {false, true}) {
        var data = compressible ? Samples.text(INGEST_BYTES) : Samples.random(INGEST_BYTES);
        var nativeData = CYard.copy(data);
        figures.compare(
            compressible ? "ingest of text, compressed / SHA-256" : "ingest of random / SHA-256",
            compressible ? 0.35 : 0.85,
            () -> {
              try {
                var _ =
                    ingest.ingest(new ByteArrayInputStream(data), NoXorbs::new, KnownChunks.NONE);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            },
            () -> c.sha256(nativeData, out));
      }
    }
  }
}
