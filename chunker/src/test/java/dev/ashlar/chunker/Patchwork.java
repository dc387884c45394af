package dev.ashlar.chunker;

import dev.ashlar.core.golden.GoldenInput;
import java.util.Arrays;
import java.util.Random;

/** Bytes of several natures, one after the other. */
final class Patchwork {
  private Patchwork() {}

  /** Random bytes, words, zeros, and pieces that were there before. */
  static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    for (int at = 0; at < length; ) {
      int piece = Math.min(length - at, 1 + random.nextInt(900_000));
      switch (random.nextInt(4)) {
        case 0 -> Arrays.fill(bytes, at, at + piece, (byte) 0);
        case 1 -> {
          int from = random.nextInt(at + 1);
          System.arraycopy(bytes.clone(), from, bytes, at, Math.min(piece, at - from));
        }
        case 2 -> {
          var words = new GoldenInput("text", random.nextLong(), piece, 0).bytes();
          System.arraycopy(words, 0, bytes, at, piece);
        }
        default -> {
          var noise = new GoldenInput("random", random.nextLong(), piece, 0).bytes();
          System.arraycopy(noise, 0, bytes, at, piece);
        }
      }
      at += piece;
    }
    return bytes;
  }
}
