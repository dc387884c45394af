package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.problem.Problem.Malformed;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a damaged upload leads to: a refusal with an offset, or the very same chunks. */
@ParameterizedClass
@EnumSource(
    value = CodecWay.class,
    names = {"JAVA", "VECTORS_AND_LIBRARY"})
final class XorbFaultsTest {
  private static final int FOOTER_MARK_BYTES = 8;

  XorbFaultsTest(CodecWay way) {
    way.use();
  }

  @ParameterizedTest
  @ValueSource(strings = {"one-byte", "zeros", "edited-chunk", "repeated-chunk", "legacy-1.1.3"})
  void givenAnUpload_whenCutAnywhere_thenItIsRefused(String name) throws Exception {
    var golden = GoldenXorb.of(name);
    var upload = golden.upload();
    int body = golden.body().length;
    int step = Math.max(1, upload.length / 1500);
    for (int cut = 0;
        cut < upload.length;
        cut = cut < 100 || cut + 200 > body ? cut + 1 : cut + step) {
      var fault = fault(Arrays.copyOf(upload, cut), golden.hash());

      // A footer is optional and its bytes are dropped: behind its mark every cut is as good.
      boolean wholeBody = cut == body || cut >= body + FOOTER_MARK_BYTES;
      assertThat(fault.isEmpty()).as("cut at %d: %s", cut, fault).isEqualTo(wholeBody);
      fault.ifPresent(f -> assertThat(f.offset()).isBetween(0L, (long) upload.length));
    }
  }

  /**
   * Stored chunks and all headers have no free bit. Within an LZ4 block a distance may be changed
   * to another place with the same bytes, which is another encoding of the same chunk.
   */
  @ParameterizedTest
  @CsvSource({"one-byte, 0", "edited-chunk, 0", "zeros, 4"})
  void givenAnUpload_whenAnyBitIsFlipped_thenItIsRefusedOrMakesTheSameChunks(
      String name, int sameChunks) throws Exception {
    var golden = GoldenXorb.of(name);
    var upload = golden.upload();
    int accepted = 0;
    for (int bit = 0; bit < upload.length * 8; bit++) {
      upload[bit / 8] ^= (byte) (1 << bit % 8);
      int at = bit;

      var fault = fault(upload, golden.hash());

      if (fault.isEmpty()) {
        accepted++;
        assertThat(upload[4]).as("bit %d", at).isNotZero();
        assertThat(at / 8).as("byte").isGreaterThanOrEqualTo(ChunkHeader.BYTES + 11);
      } else {
        assertThat(fault.get().offset()).as("bit %d", at).isBetween(0L, (long) upload.length);
      }
      upload[bit / 8] ^= (byte) (1 << bit % 8);
    }
    assertThat(accepted).isEqualTo(sameChunks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          nothing                     |                          | 0
          header version 1            | 010100000001000078       | 0
          payload of no bytes         | 0000000000010000         | 1
          payload over 256 KiB        | 0001000401010000         | 1
          scheme 3                    | 000100000301000078       | 4
          scheme 99                   | 000100006301000078       | 4
          chunk of no bytes           | 000100000000000078       | 5
          chunk over 128 KiB          | 0001000001010002         | 5
          stored in another length    | 000100000002000078       | 5
          header cut short            | 00010000                 | 4
          payload cut short           | 0002000000020000ff       | 9
          bytes behind the chunk      | 00010000000100007800     | 10
          footer alone                | 584554424c4f4201         | 0
          """)
  void givenABodyThatIsNotAllowed_whenVerified_thenTheFirstWrongByteIsNamed(
      String what, @Nullable String hex, long offset) throws Exception {
    var body = HexFormat.of().parseHex(hex == null ? "" : hex);

    var fault = fault(body, MerkleHash.ZERO);

    assertThat(fault.map(Malformed::offset)).as("%s: %s", what, fault).contains(offset);
  }

  @Test
  void givenAnotherName_whenVerified_thenTheBodyIsRefusedAtItsEnd() throws Exception {
    var golden = GoldenXorb.of("one-byte");

    var fault = fault(golden.upload(), GoldenXorb.of("zeros").hash());

    assertThat(fault.map(Malformed::offset)).contains(9L);
  }

  @Test
  void givenChunksInAnotherOrder_whenVerified_thenTheBodyIsRefused() throws Exception {
    var golden = GoldenXorb.of("none-random");
    var body = golden.body();
    int first = golden.index().bodyEnd(0);
    var swapped = new byte[body.length];
    System.arraycopy(body, first, swapped, 0, body.length - first);
    System.arraycopy(body, 0, swapped, body.length - first, first);

    assertThat(fault(swapped, golden.hash())).isPresent();
  }

  private static Optional<Malformed> fault(byte[] upload, MerkleHash expected) throws Exception {
    return Malformeds.of(() -> GoldenXorb.verify(upload, expected));
  }
}
