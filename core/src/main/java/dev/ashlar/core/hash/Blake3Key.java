package dev.ashlar.core.hash;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A key of 32 bytes, as bytes and as eight little-endian words. */
public final class Blake3Key {
  private static final int BYTES = 32;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment segment;
  private final int[] words = new int[BYTES / Integer.BYTES];

  /** Copies the 32 bytes. */
  public Blake3Key(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a BLAKE3 key has 32 bytes, not " + bytes.length);
    }
    var copy = bytes.clone();
    this.segment = MemorySegment.ofArray(copy);
    for (int i = 0; i < words.length; i++) {
      words[i] = (int) INT.get(copy, i * Integer.BYTES);
    }
  }

  /** The bytes, for native code to read. */
  MemorySegment segment() {
    return segment;
  }

  int word(int i) {
    return words[i];
  }

  /** Begins a chain: a chaining value starts as the key. */
  void copyTo(int[] chainingValue) {
    System.arraycopy(words, 0, chainingValue, 0, words.length);
  }
}
