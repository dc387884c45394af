package dev.ashlar.core.golden;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The input recipe of the golden files; see golden/README.md. */
public record GoldenInput(String kind, long seed, int length, int param) {
  private static final String SENTENCE =
      "the quick brown fox jumps over a lazy dog while seven green turtles sleep under water";
  private static final List<String> WORDS = List.of(SENTENCE.split(" "));

  public byte[] bytes() {
    return switch (kind) {
      case "zero" -> new byte[length];
      case "const" -> filled();
      case "random" -> random(length);
      case "text" -> text();
      case "float" -> floats();
      case "repeat" -> repeated();
      case "half" -> Arrays.copyOf(random(param), length);
      case "sparse" -> sparse();
      case "edit" -> edited();
      default -> throw new IllegalArgumentException(kind);
    };
  }

  private byte[] filled() {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) param);
    return bytes;
  }

  private byte[] random(int count) {
    var numbers = new SplitMix64(seed);
    var out = ByteBuffer.allocate(count + 8).order(ByteOrder.LITTLE_ENDIAN);
    while (out.position() < count) {
      out.putLong(numbers.next());
    }
    return Arrays.copyOf(out.array(), count);
  }

  private byte[] text() {
    var numbers = new SplitMix64(seed);
    var out = ByteBuffer.allocate(length + 16);
    while (out.position() < length) {
      long z = numbers.next();
      out.put(WORDS.get((int) (z & 15)).getBytes(StandardCharsets.US_ASCII));
      out.put((byte) ((z >>> 32 & 15) == 0 ? '\n' : ' '));
    }
    return Arrays.copyOf(out.array(), length);
  }

  private byte[] floats() {
    var numbers = new SplitMix64(seed);
    var out = ByteBuffer.allocate(length + 4).order(ByteOrder.LITTLE_ENDIAN);
    while (out.position() < length) {
      out.putInt((int) (0x3F800000 | (numbers.next() & 0x3FFF)));
    }
    return Arrays.copyOf(out.array(), length);
  }

  private byte[] repeated() {
    var block = random(param);
    var bytes = new byte[length];
    for (int at = 0; at < length; at += param) {
      System.arraycopy(block, 0, bytes, at, Math.min(param, length - at));
    }
    return bytes;
  }

  private byte[] sparse() {
    var numbers = new SplitMix64(seed);
    var out = ByteBuffer.allocate(length + param).order(ByteOrder.LITTLE_ENDIAN);
    while (out.position() < length) {
      out.putLong(numbers.next());
      out.position(out.position() + param - 8);
    }
    return Arrays.copyOf(out.array(), length);
  }

  private byte[] edited() {
    var bytes = random(length);
    bytes[param] ^= (byte) 0xFF;
    return bytes;
  }
}
