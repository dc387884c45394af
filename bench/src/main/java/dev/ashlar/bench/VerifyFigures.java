package dev.ashlar.bench;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.HasherChoice;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.CodecKernels;
import dev.ashlar.core.xorb.Compression;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.core.xorb.XorbReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * One xorb of 64 MiB from outside, on one thread, beside C that decodes, hashes and sums the same
 * chunks. C believes every header, has the body in memory, and makes no Merkle tree.
 */
final class VerifyFigures {
  private static final int PIECE = 64 << 10;
  private static final int PIECES = 1024;
  private static final int MEBIBYTES = (PIECES * PIECE) >> 20;
  private static final int C_BYTES = MerkleHash.BYTES + Integer.BYTES;

  /** The protocol's key for the hashes of chunks. */
  private static final String CHUNK_KEY =
      "6697f5775b9550de3135cbaca597181c9de421109beb2b58b4d0b04b93adf229";

  private record Kind(String name, Compression compression, IntFunction<byte[]> sample) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("stored", Compression.NONE, Samples::random),
          new Kind("LZ4 of text", Compression.LZ4, Samples::text),
          new Kind("BG4 of bf16", Compression.BG4_LZ4, Samples::bf16),
          new Kind("BG4 of fp32", Compression.BG4_LZ4, Samples::fp32));

  private final Figures figures;
  private final CYard c;
  private final CYard.Blake3Library libblake3;
  private final Optional<String> path;
  private final MemorySegment key = CYard.copy(HexFormat.of().parseHex(CHUNK_KEY));

  VerifyFigures(Figures figures, CYard c, CYard.Blake3Library libblake3, Optional<String> path) {
    this.figures = figures;
    this.c = c;
    this.libblake3 = libblake3;
    this.path = path;
  }

  void printNative() {
    var _ = CodecKernels.choose();
    var _ = HasherChoice.choose(path);
    print("native", "native", 0.95);
  }

  /** As on a machine that has no C library. */
  void printPure() {
    var _ = CodecKernels.chooseWithoutLibrary();
    var hasher = HasherChoice.choose(Optional.of("/no/such/library")).chosen().name();
    print("pure Java", "pure Java (" + hasher + ")", 0.55);
  }

  private void print(String way, String wayNow, double target) {
    for (var kind : KINDS) {
      var title = "verify a xorb of 64 MiB, " + kind.name() + ", " + wayNow + " / C";
      var allocated = "verify " + kind.name() + ", " + way;
      if (figures.isWanted(title) || figures.isAllocationWanted(allocated)) {
        print(kind, title, allocated, target);
      }
    }
  }

  private void print(Kind kind, String title, String allocated, double target) {
    var chunks = new ArrayList<HashedChunk>();
    var body = body(kind.sample().apply(PIECES * PIECE), kind.compression(), chunks);
    var xorb = XetHash.xorb(chunks);
    var nativeBody = CYard.copy(body);
    var sums = CYard.room((long) PIECES * C_BYTES);
    c.verify(libblake3, key, nativeBody, sums);
    same(verified(body, xorb), sums);
    Runnable candidate = () -> verified(body, xorb);
    figures.compare(title, target, candidate, () -> c.verify(libblake3, key, nativeBody, sums));
    figures.allocated(allocated, MEBIBYTES, candidate);
  }

  /** A xorb's body of {@code raw}, 64 KiB a chunk, which are added to {@code chunks}. */
  static byte[] body(byte[] raw, Compression compression, List<HashedChunk> chunks) {
    var codec = new ChunkCodec();
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
    var body = new ByteArrayOutputStream();
    for (int at = 0; at < raw.length; at += PIECE) {
      body.write(stored, 0, codec.encode(raw, at, PIECE, compression, stored, 0));
      chunks.add(new HashedChunk(XetHash.chunk(raw, at, PIECE), PIECE));
    }
    return body.toByteArray();
  }

  private static XorbIndex verified(byte[] body, MerkleHash xorb) {
    try {
      var in = new ByteArrayInputStream(body);
      return XorbReader.verify(in, xorb, OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void same(XorbIndex ours, MemorySegment theirs) {
    for (int i = 0; i < ours.chunkCount(); i++) {
      var chunk = theirs.asSlice((long) i * C_BYTES, C_BYTES);
      var hash = MerkleHash.read(chunk.toArray(ValueLayout.JAVA_BYTE), 0);
      int crc = chunk.get(ValueLayout.JAVA_INT_UNALIGNED, MerkleHash.BYTES);
      if (!hash.equals(ours.hash(i)) || crc != ours.crc32c(i)) {
        throw new IllegalStateException("verify: the results differ at chunk " + i);
      }
    }
  }
}
