package dev.ashlar.bench;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Bytes to measure with, the same at each run. */
public final class Samples {
  private static final int WORDS = 4_000;
  private static final double DEVIATION = 0.02;

  private Samples() {}

  /** Bytes that nothing makes shorter. */
  public static byte[] random(int bytes) {
    var random = new byte[bytes];
    new Random(bytes).nextBytes(random);
    return random;
  }

  /** Words from a vocabulary in which some are much more common than others, with line ends. */
  public static byte[] text(int bytes) {
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

  /**
   * Weights of a layer: little-endian floats around zero, of which the upper two bytes are kept.
   */
  public static byte[] bf16(int bytes) {
    return weights(bytes, Short.BYTES);
  }

  /** Weights of a layer: little-endian floats around zero. */
  public static byte[] fp32(int bytes) {
    return weights(bytes, Float.BYTES);
  }

  private static byte[] weights(int bytes, int width) {
    var random = new Random(bytes);
    var weights = new byte[bytes];
    for (int at = 0; at < bytes; at += width) {
      int bits = Float.floatToRawIntBits((float) (random.nextGaussian() * DEVIATION));
      for (int i = 0; i < Math.min(width, bytes - at); i++) {
        weights[at + i] = (byte) (bits >>> (Byte.SIZE * (Float.BYTES - width + i)));
      }
    }
    return weights;
  }
}
