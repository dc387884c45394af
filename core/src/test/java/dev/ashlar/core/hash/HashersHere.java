package dev.ashlar.core.hash;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** Every way to hash that this machine has. */
final class HashersHere {
  /** Where a library lies that no system folder has, as {@code bench/build-blake3} prints it. */
  static final Optional<String> LIBRARY =
      Optional.ofNullable(System.getenv("ASHLAR_BLAKE3_LIBRARY"));

  private HashersHere() {}

  static List<ChunkHasher> all() {
    var hashers = new ArrayList<ChunkHasher>();
    hashers.add(new ScalarBlake3());
    for (int bits : VectorWidths.BITS) {
      try {
        hashers.add(VectorWidths.hasher(bits));
      } catch (IllegalArgumentException absent) {
        System.out.println("not tested: vector-" + bits + ": " + absent.getMessage());
      }
    }
    try {
      hashers.add(NativeBlake3.load(LIBRARY));
    } catch (IllegalArgumentException absent) {
      System.out.println("not tested: native: " + absent.getMessage());
    }
    return hashers;
  }

  /** The same as arguments of a test. */
  static Stream<Named<ChunkHasher>> named() {
    return all().stream().map(hasher -> Named.of(hasher.name(), hasher));
  }
}
