package dev.ashlar.bench.jmh;

import dev.ashlar.core.xorb.ByteGrouping4;
import dev.ashlar.core.xorb.CodecKernels;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Regrouping bytes of four lanes, and back. */
public class GroupingBench extends KernelBench {
  /** What the process begins with, or what a server chooses on this machine. */
  public enum Way {
    /** Portable Java. */
    plain,
    /** Vectors, where this machine has them. */
    chosen
  }

  /** Set by JMH to each way. */
  @Param public Way way = Way.plain;

  private byte[] grouped = {};
  private byte[] joined = {};

  /** Works only in a virtual machine of its own for each way, as JMH starts them. */
  @Setup
  public void choose(Chunk chunk) {
    if (way == Way.chosen) {
      var _ = CodecKernels.choose();
    }
    grouped = new byte[chunk.size];
    joined = new byte[chunk.size];
    var _ = bg4Split(chunk);
    requireSame(chunk.bytes, bg4Join());
  }

  /** As before compression. */
  @Benchmark
  public byte[] bg4Split(Chunk chunk) {
    ByteGrouping4.split(chunk.bytes, 0, chunk.size, grouped, 0);
    return grouped;
  }

  /** As after decompression. */
  @Benchmark
  public byte[] bg4Join() {
    ByteGrouping4.join(grouped, 0, grouped.length, joined, 0);
    return joined;
  }
}
