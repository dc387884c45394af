package dev.ashlar.casserver.xet;

import static java.lang.Long.MAX_VALUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PlanTextTest {
  private static final int PIECE_BYTES = 64 * 1024;

  /** Keeps what came, the size of each piece, and whether the end was told. */
  private static final class Pieces extends ByteArrayOutputStream {
    final List<Integer> sizes = new ArrayList<>();
    boolean closed;

    @Override
    public synchronized void write(byte[] source, int offset, int length) {
      sizes.add(length);
      super.write(source, offset, length);
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Pieces out = new Pieces();
  private final PlanText text = new PlanText(out);

  private String written() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void givenNumbers_whenWritten_thenTheyAreDecimal() throws IOException {
    var expected = new StringBuilder();
    for (long n = 1; n > 0; n *= 10) {
      text.add(n - 1).add(' ').add(n).add(' ');
      expected.append(n - 1).append(' ').append(n).append(' ');
    }
    text.add(MAX_VALUE).end();

    assertThat(written()).isEqualTo(expected.append(MAX_VALUE).toString());
    assertThatThrownBy(() -> text.add(-1L)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void givenAnyNumber_whenWritten_thenItIsDecimal() throws IOException {
    long seed = new Random().nextLong();
    var random = new Random(seed);
    var expected = new StringBuilder();
    for (int i = 0; i < 10_000; i++) {
      long number = random.nextLong() >>> (1 + random.nextInt(63));
      text.add(number).add(' ');
      expected.append(number).append(' ');
    }
    text.end();

    assertThat(written()).as("seed %d", seed).isEqualTo(expected.toString());
  }

  @Test
  void givenTermsOfTheSmallestAndLargestNumbers_whenWritten_thenTheyAreWhole() throws IOException {
    var hash = new MerkleHash(0x0123456789abcdefL, -1, 0, 1);

    text.add(new Term(hash, new ChunkRange(0, 1), 1));
    text.add(new Term(hash, new ChunkRange(Integer.MAX_VALUE - 1, Integer.MAX_VALUE), MAX_VALUE));
    text.end();

    assertThat(written())
        .isEqualTo(
            "{'hash':'%s','unpacked_length':1,'range':{'start':0,'end':1}}"
                    .formatted(hash)
                    .replace('\'', '"')
                + "{'hash':'%s','unpacked_length':%d,'range':{'start':%d,'end':%d}}"
                    .formatted(hash, MAX_VALUE, Integer.MAX_VALUE - 1, Integer.MAX_VALUE)
                    .replace('\'', '"'));
  }

  @Test
  void givenMuchText_whenWritten_thenItGoesOutInLargePiecesThatAreBounded() throws IOException {
    var hash = new MerkleHash(0x0123456789abcdefL, -1, 0, 1);
    var expected = new StringBuilder();
    var words = "abcdefghijk".repeat(7);
    for (int i = 0; i < 5000; i++) {
      text.add(hash)
          .add(i * 1000L)
          .add(PlanText.opening("é"))
          .within("\"" + i)
          .add(PlanText.words(words))
          .add(',');
      expected.append(hash).append(i * 1000L).append("\"é\\\"").append(i).append(words);
      expected.append(',');
    }
    text.end();

    assertThat(written()).isEqualTo(expected.toString());
    assertThat(out.sizes).allMatch(size -> size <= PIECE_BYTES);
    assertThat(out.sizes.subList(0, out.sizes.size() - 1)).allMatch(size -> size > 60_000);
  }

  @Test
  void givenTextLongerThanAPiece_whenWritten_thenItStandsInItsPlace() throws IOException {
    var much = "x".repeat(3 * PIECE_BYTES);

    text.add('a').within(much).add('b').end();

    assertThat(written()).isEqualTo("a" + much + "b");
  }

  @Test
  void givenLittleText_whenNotEnded_thenNothingHasLeft() throws IOException {
    text.add('a');

    assertThat(out.sizes).isEmpty();
    assertThat(out.closed).isFalse();
    text.end();
    assertThat(out.closed).isTrue();
    assertThat(written()).isEqualTo("a");
  }
}
