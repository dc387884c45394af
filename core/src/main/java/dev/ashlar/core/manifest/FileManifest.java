package dev.ashlar.core.manifest;

import dev.ashlar.core.hash.MerkleHash;
import java.util.List;

/**
 * The terms of a file in order.
 *
 * <p>Packed form, little-endian, 48 bytes a term:
 *
 * <pre>
 * 0   32  xorb hash, raw bytes
 * 32   4  first chunk, u32
 * 36   4  end chunk (exclusive), u32
 * 40   4  uncompressed bytes, u32
 * 44   4  zero
 * </pre>
 */
public record FileManifest(MerkleHash file, List<Term> terms) {
  public FileManifest {
    terms = terms instanceof PackedTerms ? terms : List.copyOf(terms);
  }

  /** The file's length in bytes. */
  public long bytes() {
    return terms instanceof PackedTerms packed
        ? packed.bytes()
        : terms.stream().mapToLong(Term::bytes).sum();
  }

  /** The packed terms. */
  public byte[] pack() {
    return PackedTerms.pack(terms);
  }

  /**
   * Reads {@link #pack}, which stays as it is in memory and must not be changed any more; rows come
   * from our own database, so a wrong one is a bug.
   */
  public static FileManifest unpack(MerkleHash file, byte[] packed) {
    if (packed.length % PackedTerms.TERM_BYTES != 0) {
      throw new IllegalStateException(
          "packed terms of " + file + " have " + packed.length + " bytes");
    }
    return new FileManifest(file, new PackedTerms(packed));
  }
}
