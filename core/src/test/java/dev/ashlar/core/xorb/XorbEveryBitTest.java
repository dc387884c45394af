package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.problem.Problem.Malformed;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every bit and every length of every golden body, chunk by chunk.
 *
 * <p>The reader takes one chunk after the other; what it keeps between them is where it is, the
 * sums that the limits look at, and the hashes of the chunks. So a body with a fault in one chunk
 * is refused exactly if either that chunk is, at the same place within it, or the chunks then make
 * another xorb hash. The latter they do exactly if the bytes of a chunk differ. A header's fault
 * may move the following chunks, and is followed to the body's end. That all this is so is shown on
 * whole bodies, for some bits of each kind.
 */
@ParameterizedClass
@EnumSource(
    value = CodecWay.class,
    names = {"JAVA", "VECTORS_AND_LIBRARY"})
final class XorbEveryBitTest {
  private static final int WHOLE_BODIES = 12;

  XorbEveryBitTest(CodecWay way) {
    way.use();
  }

  @ParameterizedTest
  @MethodSource("dev.ashlar.core.xorb.XorbReaderTest#names")
  void givenABody_whenAnyBitIsFlipped_thenItIsRefusedOrMakesTheSameChunks(String name)
      throws Exception {
    var golden = GoldenXorb.of(name);
    var body = golden.body();
    var index = golden.index();
    var flipped = new AtomicLong();
    var same = new AtomicLong();

    IntStream.range(0, index.chunkCount())
        .parallel()
        .forEach(i -> flipAll(body, index.bodyStart(i), index.bodyEnd(i), flipped, same));

    assertThat(flipped).hasValue(8L * body.length);
    boolean stored = IntStream.range(0, index.chunkCount()).allMatch(i -> isStored(body, index, i));
    if (stored) {
      assertThat(same).as("stored bytes have no free bit").hasValue(0);
    }
    requireOnWholeBodies(golden);
  }

  private static boolean isStored(byte[] body, XorbIndex index, int i) {
    return body[index.bodyStart(i) + 4] == Compression.NONE.code();
  }

  private static void flipAll(
      byte[] body, int start, int end, AtomicLong flipped, AtomicLong same) {
    try {
      var rest = Arrays.copyOfRange(body, start, body.length);
      for (int bit = 0; bit < 8 * ChunkHeader.BYTES; bit++) {
        rest[bit / 8] ^= (byte) (1 << bit % 8);
        var fault = fault(rest, MerkleHash.ZERO).orElseThrow();
        assertThat(fault.offset()).as("bit %d at %d", bit, start).isBetween(0L, (long) rest.length);
        rest[bit / 8] ^= (byte) (1 << bit % 8);
      }
      var chunk = new FlippedChunk(Arrays.copyOfRange(body, start, end));
      int bits = 8 * (end - start);
      for (int bit = 8 * ChunkHeader.BYTES; bit < bits; bit++) {
        var outcome = chunk.flip(bit);
        if (outcome.refusal().isPresent()) {
          long offset = outcome.refusal().get().offset();
          if (offset < 0 || offset > end - start) {
            throw new AssertionError("bit " + bit + " at " + start + ": " + outcome);
          }
        } else if (outcome.sameBytes()) {
          same.incrementAndGet();
        }
      }
      flipped.addAndGet(bits);
    } catch (Exception e) {
      throw new AssertionError("the chunk at " + start, e);
    }
  }

  private static void requireOnWholeBodies(GoldenXorb golden) throws Exception {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var body = golden.body();
    var index = golden.index();
    int[] shown = new int[3];
    for (int tries = 0; tries < 400; tries++) {
      int i = random.nextInt(index.chunkCount());
      int start = index.bodyStart(i);
      var chunk = new FlippedChunk(Arrays.copyOfRange(body, start, index.bodyEnd(i)));
      int bytes = index.bodyEnd(i) - start - ChunkHeader.BYTES;
      int bit = 8 * ChunkHeader.BYTES + random.nextInt(8 * bytes);
      var outcome = chunk.flip(bit);
      int kind = outcome.refusal().isPresent() ? 0 : outcome.sameBytes() ? 1 : 2;
      if (shown[kind]++ >= WHOLE_BODIES) {
        continue;
      }
      body[start + bit / 8] ^= (byte) (1 << bit % 8);
      var fault = fault(body, golden.hash());
      body[start + bit / 8] ^= (byte) (1 << bit % 8);

      var expected =
          switch (kind) {
            case 0 -> outcome.refusal().map(refusal -> start + refusal.offset());
            case 1 -> Optional.<Long>empty();
            default -> Optional.of(index.bodyBytes());
          };
      assertThat(fault.map(Malformed::offset))
          .as("%s, seed %d, chunk %d, bit %d: %s", golden.name(), seed, i, bit, fault)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.ashlar.core.xorb.XorbReaderTest#names")
  void givenABody_whenCutAnywhere_thenItIsRefusedWhereItEnds(String name) throws Exception {
    var golden = GoldenXorb.of(name);
    var body = golden.body();
    var index = golden.index();

    IntStream.range(0, index.chunkCount())
        .parallel()
        .forEach(i -> cutAll(body, index.bodyStart(i), index.bodyEnd(i)));

    assertThat(fault(new byte[0], golden.hash()).map(Malformed::offset)).contains(0L);
    for (int i = 0; i < index.chunkCount(); i++) {
      for (int cut = index.bodyEnd(i) - 1;
          cut < Math.min(body.length, index.bodyEnd(i) + 10);
          cut++) {
        assertThat(fault(Arrays.copyOf(body, cut), golden.hash()).map(Malformed::offset))
            .as("cut at %d", cut)
            .contains((long) cut);
      }
    }
  }

  /** A chunk that is whole leaves the xorb without those that followed: another hash. */
  private static void cutAll(byte[] body, int start, int end) {
    try {
      for (int length = 1; length <= end - start; length++) {
        var cut = new ByteArrayInputStream(body, start, length);
        var fault =
            Malformeds.of(
                () -> XorbReader.verify(cut, MerkleHash.ZERO, OutputStream.nullOutputStream()));
        if (fault.isEmpty() || fault.get().offset() != length) {
          throw new AssertionError("cut at " + (start + length) + ": " + fault);
        }
      }
    } catch (Exception e) {
      throw new AssertionError("the chunk at " + start, e);
    }
  }

  /** Behind its mark, which is no chunk, nothing of a footer is used. */
  @ParameterizedTest
  @MethodSource("dev.ashlar.core.xorb.XorbReaderTest#names")
  void givenAFooter_whenAnyBitIsFlippedOrItIsCut_thenOnlyItsMarkMatters(String name)
      throws Exception {
    var golden = GoldenXorb.of(name);
    var upload = golden.upload();
    int body = golden.body().length;
    for (int bit = 8 * body; bit < 8 * upload.length; bit++) {
      upload[bit / 8] ^= (byte) (1 << bit % 8);
      var fault = fault(upload, golden.hash());
      upload[bit / 8] ^= (byte) (1 << bit % 8);

      boolean mark = bit / 8 < body + 7;
      assertThat(fault.map(Malformed::offset))
          .as("bit %d", bit)
          .isEqualTo(mark ? Optional.of((long) body) : Optional.empty());
    }
    for (int cut = body + 1; cut < upload.length; cut++) {
      var fault = fault(Arrays.copyOf(upload, cut), golden.hash());

      assertThat(fault.map(Malformed::offset))
          .as("cut at %d", cut)
          .isEqualTo(cut < body + 8 ? Optional.of((long) cut) : Optional.empty());
    }
  }

  private static Optional<Malformed> fault(byte[] upload, MerkleHash expected) throws Exception {
    return Malformeds.of(() -> GoldenXorb.verify(upload, expected));
  }
}
