package dev.ashlar.core.xorb;

import java.util.Arrays;
import java.util.Random;

/** Bytes as chunks have them: runs of equal bytes, copies of earlier bytes and noise. */
final class ChunkMaker {
  private ChunkMaker() {}

  static byte[] bytes(Random random, int length) {
    var bytes = new byte[length];
    int at = 0;
    while (at < length) {
      int run = Math.min(length - at, 1 + random.nextInt(1 << random.nextInt(12)));
      switch (random.nextInt(3)) {
        case 0 -> Arrays.fill(bytes, at, at + run, (byte) random.nextInt(4));
        case 1 -> {
          int back = at == 0 ? 0 : 1 + random.nextInt(at);
          for (int i = 0; i < run && back > 0; i++) {
            bytes[at + i] = bytes[at + i - back];
          }
        }
        default -> {
          for (int i = 0; i < run; i++) {
            bytes[at + i] = (byte) random.nextInt();
          }
        }
      }
      at += run;
    }
    return bytes;
  }
}
