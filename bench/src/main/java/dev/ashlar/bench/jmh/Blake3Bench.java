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
  private final ChunkHasher portable = hasher("scalar").orElseThrow();
  private ChunkHasher chosen = portable;

  /** The names of the ways that this machine has. */
  static List<String> available() {
    return HasherChoice.names().stream().filter(name -> hasher(name).isPresent()).toList();
  }

  private static Optional<ChunkHasher> hasher(String name) {
    return HasherChoice.one(name, Optional.ofNullable(System.getenv("ASHLAR_BLAKE3_LIBRARY")));
  }

  /** Finds the hasher, which has to agree with portable Java. */
  @Setup
  public void find(Chunk chunk) {
    chosen = hasher(hasher).orElseThrow();
    for (int i = 0; i < MANY; i++) {
      bounds[2 * i + 1] = chunk.size;
    }
    var last = MerkleHash.read(hashMany(chunk), (MANY - 1) * MerkleHash.BYTES);
    if (!last.equals(hash(chunk))) {
      throw new IllegalStateException("the kernel gives another hash to many");
    }
    if (!hash(chunk).equals(portable.hash(key, chunk.bytes, 0, chunk.size))) {
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
