package dev.ashlar.bench.jmh;

import dev.ashlar.bench.Samples;
import dev.ashlar.core.hash.Blake3Key;
import dev.ashlar.core.hash.ChunkHasher;
import dev.ashlar.core.hash.HasherChoice;
import dev.ashlar.core.hash.MerkleHash;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/** Keyed BLAKE3 of a chunk, each way that this machine has. */
public class Blake3Bench extends KernelBench {
  /** The parameter that {@link Kernels} sets to what this machine has. */
  static final String HASHER = "hasher";

  private static final int MANY = 16;

  /** The ways. */
  @Param({"native", "vector-512", "vector-256", "vector-128", "scalar"})
  public String hasher = "";

  private final Blake3Key key = new Blake3Key(Samples.random(32));
  private final int[] bounds = new int[2 * MANY];
  private final byte[] hashes = new byte[MANY * MerkleHash.BYTES];
  private ChunkHasher chosen = available().getLast();

  /** The ways that this machine has; the last is portable Java. */
  static List<ChunkHasher> available() {
    return HasherChoice.available(Optional.ofNullable(System.getenv("ASHLAR_BLAKE3_LIBRARY")));
  }

  /** Finds the hasher, which has to agree with portable Java. */
  @Setup
  public void find(Chunk chunk) {
    var ways = available();
    chosen = ways.stream().filter(one -> one.name().equals(hasher)).findFirst().orElseThrow();
    for (int i = 0; i < MANY; i++) {
      bounds[2 * i + 1] = chunk.size;
    }
    var last = MerkleHash.read(hashMany(chunk), (MANY - 1) * MerkleHash.BYTES);
    if (!last.equals(hash(chunk))) {
      throw new IllegalStateException("the kernel gives another hash to many");
    }
    if (!hash(chunk).equals(ways.getLast().hash(key, chunk.bytes, 0, chunk.size))) {
      throw new IllegalStateException("the kernel gives another hash");
    }
  }

  /** One chunk. */
  @Benchmark
  public MerkleHash hash(Chunk chunk) {
    return chosen.hash(key, chunk.bytes, 0, chunk.size);
  }

  /** Sixteen chunks in one call, all the same. */
  @Benchmark
  public byte[] hashMany(Chunk chunk) {
    chosen.hashAll(key, chunk.bytes, bounds, MANY, hashes, 0);
    return hashes;
  }
}
