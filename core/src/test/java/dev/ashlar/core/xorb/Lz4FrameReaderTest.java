package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.problem.Problem.Malformed;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass
@EnumSource(
    value = CodecWay.class,
    names = {"JAVA", "LIBRARY"})
final class Lz4FrameReaderTest {
  private static final byte[] CONTENT = new GoldenInput("repeat", 7, 100_000, 1500).bytes();
  private static final byte[] NOISE = new GoldenInput("random", 8, 700, 0).bytes();

  Lz4FrameReaderTest(CodecWay way) {
    way.use();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "independent",
        "linked",
        "content-size",
        "block-checksums",
        "content-checksum",
        "everything"
      })
  void givenAFrameOfLiblz4_whenDecoded_thenTheContentIsTheSame(String name) throws Exception {
    assertThat(decoded(frame(name), CONTENT.length)).isEqualTo(CONTENT);
    assertThat(decoded(CodecKernels.forStored(), frame(name), CONTENT.length)).isEqualTo(CONTENT);
  }

  @Test
  void givenAFrameWithAStoredBlock_whenDecoded_thenTheContentIsTheSame() throws Exception {
    assertThat(decoded(frame("stored-block"), NOISE.length)).isEqualTo(NOISE);
  }

  @Test
  void givenHandMadeFramesOfTheSpecification_whenDecoded_thenTheContentIsTheSame()
      throws Exception {
    var xorb = GoldenFiles.vectors("xorb").get(1);
    var lz4 = HexFormat.of().parseHex(xorb.get("chunk0_serialized_hex").asText());
    var bg4 = HexFormat.of().parseHex(xorb.get("chunk1_serialized_hex").asText());
    var target = new byte[100];

    new ChunkCodec().decode(lz4, 0, lz4.length, target, 0);
    assertThat(target).containsOnly('a');

    new ChunkCodec().decode(bg4, 0, bg4.length, target, 0);
    assertThat(target).startsWith(1, 2, 3, 4, 1, 2).endsWith(1, 2, 3, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "independent",
        "linked",
        "content-size",
        "block-checksums",
        "content-checksum",
        "everything",
        "stored-block"
      })
  void givenAFrame_whenCutAnywhere_thenItIsRefused(String name) throws Exception {
    var frame = frame(name);
    int length = name.equals("stored-block") ? NOISE.length : CONTENT.length;
    for (int cut = 0; cut < frame.length; cut++) {
      var fault = fault(Arrays.copyOf(frame, cut), length);
      assertThat(fault.map(Malformed::offset)).as("cut at %d", cut).isPresent();
      assertThat(fault.orElseThrow().offset()).as("cut at %d", cut).isBetween(0L, (long) cut);
    }
  }

  /** Without a checksum, other content or another encoding of the same may come out. */
  @ParameterizedTest
  @ValueSource(strings = {"independent", "linked", "content-size"})
  void givenAFrameWithoutChecksums_whenAnyBitIsFlipped_thenItIsRefusedOrDecoded(String name)
      throws Exception {
    var frame = frame(name);
    for (int bit = 0; bit < frame.length * 8; bit++) {
      frame[bit / 8] ^= (byte) (1 << bit % 8);
      var fault = fault(frame, CONTENT.length);
      fault.ifPresent(f -> assertThat(f.offset()).isBetween(0L, (long) frame.length));
      frame[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"independent", "linked", "content-size"})
  void givenADamagedFrame_whenDecoded_thenTheOutcomeIsThatOfOurOwnDecoder(String name)
      throws Exception {
    var frame = frame(name);
    var ours = new byte[CONTENT.length];
    var got = new byte[CONTENT.length];
    for (int bit = 0; bit < frame.length * 8; bit++) {
      frame[bit / 8] ^= (byte) (1 << bit % 8);

      var expected = fault(Lz4Block::decode, frame, ours);
      var fault = fault(CodecKernels.fromOutside(), frame, got);

      assertThat(fault).as("bit %d", bit).isEqualTo(expected);
      if (expected.isEmpty()) {
        assertThat(got).as("bit %d", bit).isEqualTo(ours);
      }
      frame[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  private static Optional<Malformed> fault(BlockDecoder decoder, byte[] frame, byte[] target)
      throws Exception {
    return Malformeds.of(
        () -> Lz4FrameReader.decode(decoder, frame, 0, frame.length, target, 0, target.length, 0));
  }

  @ParameterizedTest
  @ValueSource(strings = {"block-checksums", "content-checksum"})
  void givenAFrameWithAChecksum_whenAnyBitIsFlipped_thenOnlyTheSameContentComesOut(String name)
      throws Exception {
    var frame = frame(name);
    for (int bit = 0; bit < frame.length * 8; bit++) {
      int at = bit;
      frame[bit / 8] ^= (byte) (1 << bit % 8);
      var fault =
          Malformeds.of(
              () -> assertThat(decoded(frame, CONTENT.length)).as("bit %d", at).isEqualTo(CONTENT));
      fault.ifPresent(f -> assertThat(f.offset()).isBetween(0L, (long) frame.length));
      frame[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"everything", "stored-block"})
  void givenAFrameWithChecksums_whenAnyBitIsFlipped_thenItIsRefused(String name) throws Exception {
    var frame = frame(name);
    int length = name.equals("stored-block") ? NOISE.length : CONTENT.length;
    for (int bit = 0; bit < frame.length * 8; bit++) {
      frame[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(fault(frame, length)).as("bit %d", bit).isPresent();
      frame[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {99_999, 100_001, 1, 131_072})
  void givenAFrame_whenTheHeaderTellsAnotherLength_thenItIsRefused(int length) throws Exception {
    for (var name : new String[] {"independent", "linked", "content-size", "everything"}) {
      assertThat(fault(frame(name), length)).as(name).isPresent();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          skippable frame            | 502a4d18 00000000 00000000                               |  0
          legacy frame               | 02214c18 0b000000 1f61010002506161616161                 |  0
          version 2                  | 04224d18 a04080 00000000                                 |  4
          reserved flag              | 04224d18 624000 00000000                                 |  4
          dictionary                 | 04224d18 61400000000000 00000000                         |  4
          block size 3               | 04224d18 603000 00000000                                 |  5
          reserved block bit         | 04224d18 604100 00000000                                 |  5
          header checksum            | 04224d18 604083 00000000                                 |  6
          no content                 | 04224d18 604082 00000000                                 | 11
          block of 2 GiB             | 04224d18 604082 ffffffff                                 |  7
          block over 64 KiB          | 04224d18 604082 01000180                                 |  7
          stored block too long      | 04224d18 604082 05000080 6161616161 00000000             | 11
          empty stored block         | 04224d18 604082 00000080 04000080 61616161 00000000      |  7
          empty block                | 04224d18 604082 01000000 00 04000080 61616161 00000000   |  7
          no end mark                | 04224d18 604082 04000080 61616161                        | 15
          bytes behind the frame     | 04224d18 604082 04000080 61616161 00000000 00            | 19
          two frames                 | 04224d18 604082 04000080 61616161 00000000 04224d18 604082 00000000 | 19
          distance zero              | 04224d18 604082 05000000 1061000000 00000000             | 13
          distance before the start  | 04224d18 604082 05000000 1061020000 00000000             | 13
          ends with a match          | 04224d18 604082 04000000 10610100 00000000               | 15
          match too long             | 04224d18 604082 05000000 1f610100ff 00000000             | 16
          """)
  void givenAFrameThatIsNotAllowed_whenDecoded_thenTheFirstWrongByteIsNamed(
      String what, String hex, long offset) throws Exception {
    var frame = HexFormat.of().parseHex(hex.replace(" ", ""));

    var fault = fault(frame, 4);

    assertThat(fault.map(Malformed::offset)).as("%s: %s", what, fault).contains(offset);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"block_max_64KiB", "block_max_256KiB", "block_max_1MiB", "block_max_4MiB"})
  void givenTheFrameHeadersOfTheVectors_whenDecoded_thenAllBlockSizesAreRead(String name)
      throws Exception {
    var header = GoldenFiles.vectors("lz4_frame_headers").required(name).asText();
    var frame = HexFormat.of().parseHex(header + "04000080" + "61626364" + "00000000");

    assertThat(decoded(frame, 4)).isEqualTo("abcd".getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void givenAHugeContentSize_whenDecoded_thenItIsRefusedAtOnce() throws Exception {
    var frame = HexFormat.of().parseHex("04224d186840ffffffffffffff7f0000000000");

    assertThat(fault(frame, 4).map(Malformed::offset)).contains(6L);
  }

  @Test
  void givenALinkedBlock_whenItReachesIntoTheBlockBefore_thenOnlyTheLinkedFrameIsRead()
      throws Exception {
    String two = "04000080" + "61626364" + "05000000" + "0004001065" + "00000000";
    var linked = HexFormat.of().parseHex("04224d184040c0" + two);
    var independent = HexFormat.of().parseHex("04224d18604082" + two);

    assertThat(decoded(linked, 9)).isEqualTo("abcdabcde".getBytes(StandardCharsets.US_ASCII));
    assertThat(fault(independent, 9).map(Malformed::offset)).contains(20L);
  }

  private static byte[] frame(String name) {
    return GoldenFiles.bytes("lz4/" + name + ".lz4");
  }

  private static byte[] decoded(byte[] frame, int length) {
    return decoded(CodecKernels.fromOutside(), frame, length);
  }

  private static byte[] decoded(BlockDecoder decoder, byte[] frame, int length) {
    var target = new byte[length + 20];
    Lz4FrameReader.decode(decoder, frame, 0, frame.length, target, 10, 10 + length, 0);
    assertThat(Arrays.copyOf(target, 10)).containsOnly(0);
    assertThat(Arrays.copyOfRange(target, 10 + length, target.length)).containsOnly(0);
    return Arrays.copyOfRange(target, 10, 10 + length);
  }

  private static Optional<Malformed> fault(byte[] frame, int length) throws Exception {
    return Malformeds.of(() -> decoded(frame, length));
  }
}
