package dev.ashlar.bench;

import dev.ashlar.chunker.Chunker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Where chunks end, beside C that looks for the same places, by itself or in four strips. */
final class GearFigures {
  private static final int GEAR_BYTES = 16 << 20;

  private final Figures figures;
  private final CYard c;

  GearFigures(Figures figures, CYard c) {
    this.figures = figures;
    this.c = c;
  }

  void print() throws IOException {
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
}
