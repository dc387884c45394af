package dev.ashlar.bench;

import dev.ashlar.core.hash.MerkleHash;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/** 64 KiB of random bytes, inside and outside of the heap, and how C hashes them. */
final class Piece {
  static final int BYTES = 64 << 10;

  /** As many are in {@link #bytes}; C hashes the first. */
  static final int COUNT = 16;

  final byte[] bytes = Samples.random(BYTES * COUNT);
  final byte[] key = Samples.random(32);
  private final MemorySegment nativeBytes = CYard.copy(bytes);
  private final MemorySegment nativeKey = CYard.copy(key);
  private final MemorySegment out = CYard.room(64);
  private final CYard c;

  Piece(CYard c) {
    this.c = c;
  }

  /** C hashes all of them. */
  void hash(CYard.Blake3Library how) {
    c.blake3(how, nativeKey, nativeBytes, BYTES, out);
  }

  /** What C made of the last one. */
  byte[] hashed() {
    return Arrays.copyOf(out.toArray(ValueLayout.JAVA_BYTE), MerkleHash.BYTES);
  }
}
