package dev.ashlar.bench;

import dev.ashlar.core.xorb.ByteGrouping4;
import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.CodecKernels;
import dev.ashlar.core.xorb.Compression;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.List;

/** LZ4 frames and byte grouping beside liblz4 and gcc. */
final class CodecFigures {
  private static final int PIECE = Piece.BYTES;
  private static final int PIECES = Piece.COUNT;

  private final Figures figures;
  private final CYard c;

  CodecFigures(Figures figures, CYard c) {
    this.figures = figures;
    this.c = c;
  }

  void lz4Java() {
    var _ = CodecKernels.chooseWithoutLibrary();
    lz4("from outside", new ChunkCodec(), 0.60);
  }

  void lz4Library() {
    var _ = CodecKernels.choose();
    lz4("from outside", new ChunkCodec(), 0.97);
    lz4("stored", ChunkCodec.ofStored(), 0.97);
  }

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
      Figures.same("LZ4", raw, nativeRaw.toArray(ValueLayout.JAVA_BYTE));
      var decoded = new byte[PIECE];
      decode(codec, stored, length, decoded);
      Figures.same("LZ4, " + whence, raw, decoded);
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

  void grouping() {
    var _ = CodecKernels.choose();
    var raw = Samples.random(PIECE);
    var grouped = new byte[PIECE];
    var joined = new byte[PIECE];
    var nativeRaw = CYard.copy(raw);
    var nativeGrouped = CYard.room(PIECE);
    var nativeJoined = CYard.room(PIECE);
    c.bg4Split(nativeRaw, nativeGrouped, 1);
    ByteGrouping4.split(raw, 0, PIECE, grouped, 0);
    Figures.same("BG4 split", grouped, nativeGrouped.toArray(ValueLayout.JAVA_BYTE));
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
}
