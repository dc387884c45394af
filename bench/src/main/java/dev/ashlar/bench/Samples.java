package dev.ashlar.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes to measure with, the same at each run. */
final class Samples {
  private static final int WORDS = 4_000;

  private Samples() {}

  /** Bytes that nothing makes shorter. */
  static byte[] random(int bytes) {
    var random = new byte[bytes];
    new Random(bytes).nextBytes(random);
    return random;
  }

  /** Words from a vocabulary in which some are much more common than others, with line ends. */
  static byte[] text(int bytes) {
    var random = new Random(bytes);
    var vocabulary = new String[WORDS];
    for (int i = 0; i < WORDS; i++) {
      vocabulary[i] = Integer.toString(random.nextInt(Integer.MAX_VALUE), 36);
    }
    var text = new StringBuilder(bytes + 16);
    while (text.length() < bytes) {
      double skewed = Math.pow(random.nextDouble(), 3);
      text.append(vocabulary[(int) (skewed * WORDS)]);
      text.append(random.nextInt(12) == 0 ? '\n' : ' ');
    }
    text.setLength(bytes);
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
