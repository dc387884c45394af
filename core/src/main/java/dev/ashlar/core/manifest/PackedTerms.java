package dev.ashlar.core.manifest;

import dev.ashlar.core.hash.MerkleHash;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;

/**
 * Terms in their packed form, {@value #TERM_BYTES} bytes each, read one by one: files may have
 * hundreds of thousands, of which a request needs few.
 */
final class PackedTerms extends AbstractList<Term> implements RandomAccess {
  static final int TERM_BYTES = 48;

  private final ByteBuffer packed;
  private final long bytes;

  /** A view of bytes that nobody changes any more. */
  PackedTerms(byte[] packed) {
    this.packed = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
    long sum = 0;
    for (int i = 0; i < size(); i++) {
      sum += bytes(i);
    }
    this.bytes = sum;
  }

  static byte[] pack(List<Term> terms) {
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

  @Override
  public Term get(int i) {
    int at = Objects.checkIndex(i, size()) * TERM_BYTES;
    return new Term(
        MerkleHash.read(packed.array(), at),
        new ChunkRange(packed.getInt(at + 32), packed.getInt(at + 36)),
        bytes(i));
  }

  @Override
  public int size() {
    return packed.capacity() / TERM_BYTES;
  }

  /** The sum of all terms' bytes. */
  long bytes() {
    return bytes;
  }

  private long bytes(int i) {
    return packed.getInt(i * TERM_BYTES + 40);
  }
}
