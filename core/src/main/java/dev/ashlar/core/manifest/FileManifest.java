package dev.ashlar.core.manifest;

import dev.ashlar.core.hash.MerkleHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
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
  private static final int TERM_BYTES = 48;

  public FileManifest {
    terms = List.copyOf(terms);
  }

  /** The file's length in bytes. */
  public long bytes() {
    return terms.stream().mapToLong(Term::bytes).sum();
  }

  /** The packed terms. */
  public byte[] pack() {
    var packed =
        ByteBuffer.allocate(Math.multiplyExact(terms.size(), TERM_BYTES))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (var term : terms) {
      packed.put(term.xorb().bytes());
      packed.putInt(term.chunks().start()).putInt(term.chunks().end());
      packed.putInt(Math.toIntExact(term.bytes())).putInt(0);
    }
    return packed.array();
  }

  /** Reads {@link #pack}; rows come from our own database, so a wrong one is a bug. */
  public static FileManifest unpack(MerkleHash file, byte[] packed) {
    if (packed.length % TERM_BYTES != 0) {
      throw new IllegalStateException(
          "packed terms of " + file + " have " + packed.length + " bytes");
    }
    var in = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    var terms = new ArrayList<Term>(packed.length / TERM_BYTES);
    for (int at = 0; at < packed.length; at += TERM_BYTES) {
      terms.add(
          new Term(
              MerkleHash.read(packed, at),
              new ChunkRange(in.getInt(at + 32), in.getInt(at + 36)),
              in.getInt(at + 40)));
    }
    return new FileManifest(file, terms);
  }
}
