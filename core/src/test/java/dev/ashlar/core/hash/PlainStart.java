package dev.ashlar.core.hash;

import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.CodecKernels;
import dev.ashlar.core.xorb.Compression;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** Chooses as a server does, hashes and packs a little, and prints what came of it. */
final class PlainStart {
  private PlainStart() {}

  public static void main(String[] words) {
    var report = HasherChoice.choose(Optional.of("/no/such/library"));
    for (var finding : report.findings()) {
      System.out.println(finding.name() + " " + finding.outcome() + " " + finding.detail());
    }
    System.out.println("hashes by " + Blake3.inUse().name());
    for (var choice : CodecKernels.choose()) {
      System.out.println(choice);
    }
    var text = "Hello World!".getBytes(StandardCharsets.UTF_8);
    System.out.println("hash " + XetHash.chunk(text, 0, text.length));
    System.out.println("packs " + isPackedWell());
  }

  private static boolean isPackedWell() {
    var raw = new byte[100_003];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = (byte) (i % 4 * 50 + i / 4000);
    }
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
    var back = new byte[raw.length];
    var codec = new ChunkCodec();
    int bytes = codec.encode(raw, 0, raw.length, Compression.BG4_LZ4, stored, 0);
    return bytes < raw.length / 10
        && codec.decode(stored, 0, bytes, back, 0) == raw.length
        && Arrays.equals(raw, back);
  }
}
