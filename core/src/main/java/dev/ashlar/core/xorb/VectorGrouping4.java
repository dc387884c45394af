package dev.ashlar.core.xorb;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * With the Vector API. Taken apart are two vectors at a time: first by halves of words, the lower
 * ones to one vector and the upper ones to another, then each by narrowing to its even bytes and,
 * by a shift, its odd ones. Put together are words, by widening and shifts. {@link CodecKernels}
 * loads it only where the incubating module is there.
 */
final class VectorGrouping4 implements Grouping4 {
  private static final VectorSpecies<Integer> WORDS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Byte> BYTES = WORDS.withLanes(byte.class);

  /** As many bytes as there are words. */
  private static final VectorSpecies<Byte> LANE =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(Math.max(64, WORDS.vectorBitSize() / 4)));

  private static final VectorSpecies<Short> HALVES = WORDS.withLanes(short.class);
  private static final VectorSpecies<Byte> TWO_LANES =
      VectorSpecies.of(byte.class, VectorShape.forBitSize(WORDS.vectorBitSize() / 2));
  private static final ShortVector LOWER = ShortVector.zero(HALVES).addIndex(2);
  private static final ShortVector UPPER = LOWER.add((short) 1);

  private static final int N = WORDS.length();

  VectorGrouping4() {
    if (LANE.length() != N) {
      throw new IllegalArgumentException("the processor's vectors are too short");
    }
  }

  @Override
  public String name() {
    return "vector-" + WORDS.vectorBitSize();
  }

  @Override
  public void split(byte[] raw, int offset, int length, byte[] grouped, int groupedOffset) {
    int lane1 = groupedOffset + Grouping4.lane(1, length);
    int lane2 = groupedOffset + Grouping4.lane(2, length);
    int lane3 = groupedOffset + Grouping4.lane(3, length);
    int whole = length / 4 / (2 * N) * (2 * N);
    for (int i = 0; i < whole; i += 2 * N) {
      int at = offset + 4 * i;
      var first = ByteVector.fromArray(BYTES, raw, at).reinterpretAsShorts();
      var second = ByteVector.fromArray(BYTES, raw, at + 4 * N).reinterpretAsShorts();
      var lower = LOWER.selectFrom(first, second);
      var upper = UPPER.selectFrom(first, second);
      narrow(lower).intoArray(grouped, groupedOffset + i);
      narrow(lower.lanewise(VectorOperators.LSHR, 8)).intoArray(grouped, lane1 + i);
      narrow(upper).intoArray(grouped, lane2 + i);
      narrow(upper.lanewise(VectorOperators.LSHR, 8)).intoArray(grouped, lane3 + i);
    }
    PlainGrouping4.split(raw, offset, length, grouped, groupedOffset, whole);
  }

  @Override
  public void join(byte[] grouped, int groupedOffset, int length, byte[] raw, int offset) {
    int lane1 = groupedOffset + Grouping4.lane(1, length);
    int lane2 = groupedOffset + Grouping4.lane(2, length);
    int lane3 = groupedOffset + Grouping4.lane(3, length);
    int whole = length / 4 / N * N;
    for (int i = 0; i < whole; i += N) {
      widened(grouped, groupedOffset + i)
          .or(widened(grouped, lane1 + i).lanewise(VectorOperators.LSHL, 8))
          .or(widened(grouped, lane2 + i).lanewise(VectorOperators.LSHL, 16))
          .or(widened(grouped, lane3 + i).lanewise(VectorOperators.LSHL, 24))
          .reinterpretAsBytes()
          .intoArray(raw, offset + 4 * i);
    }
    PlainGrouping4.join(grouped, groupedOffset, length, raw, offset, whole);
  }

  private static ByteVector narrow(ShortVector halves) {
    return (ByteVector) halves.convertShape(VectorOperators.S2B, TWO_LANES, 0);
  }

  private static IntVector widened(byte[] bytes, int at) {
    return (IntVector)
        ByteVector.fromArray(LANE, bytes, at)
            .convertShape(VectorOperators.ZERO_EXTEND_B2I, WORDS, 0);
  }
}
