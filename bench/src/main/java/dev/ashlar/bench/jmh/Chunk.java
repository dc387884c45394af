package dev.ashlar.bench.jmh;

import dev.ashlar.bench.Samples;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The bytes of one call. */
@State(Scope.Benchmark)
public class Chunk {
  /** What they are like. */
  public enum Kind {
    /** Nothing makes them shorter. */
    random,
    /** Words from a vocabulary. */
    text,
    /** Weights of two bytes. */
    bf16,
    /** Weights of four bytes. */
    fp32,
    /** All the same. */
    zeros
  }

  /** How many they are. */
  @Param({"8192", "65536", "131072"})
  public int size;

  /** Set by JMH to each kind. */
  @Param public Kind kind = Kind.zeros;

  byte[] bytes = {};

  /** Makes them. */
  @Setup
  public void fill() {
    bytes =
        switch (kind) {
          case random -> Samples.random(size);
          case text -> Samples.text(size);
          case bf16 -> Samples.bf16(size);
          case fp32 -> Samples.fp32(size);
          case zeros -> new byte[size];
        };
  }
}
