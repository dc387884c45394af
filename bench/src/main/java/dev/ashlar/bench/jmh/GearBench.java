package dev.ashlar.bench.jmh;

import dev.ashlar.chunker.Chunker;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.openjdk.jmh.annotations.Benchmark;

/** Cutting a whole stream of so many bytes, its new chunker included. */
public class GearBench extends KernelBench {
  private final byte[] target = new byte[Chunker.BYTES_MAX];

  /** Returns the number of chunks. */
  @Benchmark
  public int cut(Chunk chunk) throws IOException {
    var chunker = new Chunker(new ByteArrayInputStream(chunk.bytes));
    int count = 0;
    while (chunker.next(target) >= 0) {
      count++;
    }
    return count;
  }
}
