package dev.ashlar.chunker;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Random;

/** Bytes that come in reads of 1 to a given number of bytes, sometimes of none. */
final class OddInput extends FilterInputStream {
  private final Random random;
  private final int readMax;

  OddInput(byte[] bytes, Random random, int readMax) {
    super(new ByteArrayInputStream(bytes));
    this.random = random;
    this.readMax = readMax;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    return super.read(target, offset, Math.min(length, random.nextInt(readMax + 1)));
  }
}
