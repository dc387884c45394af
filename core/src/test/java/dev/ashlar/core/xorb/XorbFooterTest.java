package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.XetHash;
import dev.ashlar.core.manifest.ChunkRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class XorbFooterTest {
  @ParameterizedTest
  @ValueSource(strings = {"none-random", "one-byte", "many-files"})
  void givenTheReferenceFooter_whenWritten_thenItsBytesAreTheSame(String name) throws IOException {
    var golden = GoldenXorb.of(name);
    var footer = golden.standardFooter();

    var tail = XorbFooter.write(golden.hash(), golden.index());

    assertThat(Arrays.copyOf(tail, footer.length)).isEqualTo(footer);
  }

  @ParameterizedTest
  @MethodSource("dev.ashlar.core.xorb.XorbReaderTest#names")
  void givenAStoredXorb_whenItsTailIsRead_thenTheIndexIsTheSame(String name) throws IOException {
    var golden = GoldenXorb.of(name);
    var index = golden.index();
    var tail = XorbFooter.write(golden.hash(), index);

    int trailer = tail.length - XorbFooter.TRAILER_BYTES;
    int tailBytes = XorbFooter.tailBytes(Arrays.copyOfRange(tail, trailer, tail.length));
    var read = XorbFooter.read(tail, index.bodyBytes() + tail.length);

    assertThat(tailBytes).isEqualTo(tail.length);
    assertThat(read.hash()).isEqualTo(golden.hash());
    assertThat(XorbFooter.write(read.hash(), read.index())).isEqualTo(tail);
    assertThat(read.index().chunks()).isEqualTo(index.chunks());
  }

  @Test
  void givenTheSpecificationsXorbs_whenTheirFootersAreWritten_thenTheBytesAreTheSame()
      throws IOException {
    for (var xorb : GoldenFiles.vectors("xorb")) {
      var hash = MerkleHash.parse(xorb.required("xorb_hash").asText());
      var body = HexFormat.of().parseHex(xorb.required("upload_body_hex").asText());
      var footer = HexFormat.of().parseHex(xorb.required("footer_v1_with_length_hex").asText());

      var index = GoldenXorb.verify(body, hash);
      var tail = XorbFooter.write(hash, index);

      assertThat(Arrays.copyOf(tail, footer.length)).isEqualTo(footer);
      for (int i = 0; i < xorb.path("chunk_hashes").size(); i++) {
        assertThat(index.hash(i)).hasToString(xorb.get("chunk_hashes").get(i).asText());
      }
      if (xorb.has("range_hash_0_2")) {
        assertThat(index.rangeHash(new ChunkRange(0, 2)))
            .hasToString(xorb.get("range_hash_0_2").asText());
        assertThat(XetHash.file(index.chunks()))
            .hasToString(xorb.required("file_hash_if_one_file").asText());
      }
    }
  }

  /** The example of docs/formats.md: objects of any age end like this. */
  @Test
  void givenTheDocumentedXorb_whenItsTailIsWritten_thenTheSectionIsTheDocumentedOne()
      throws IOException {
    var body = HexFormat.of().parseHex("000c0000000c000048656c6c6f20576f726c6421");
    var hash = MerkleHash.parse("d8d408e608fb9ca213b9909a65d86d725f2de4d8d540324be8a363e7a6e228cb");

    var tail = XorbFooter.write(hash, GoldenXorb.verify(body, hash));

    assertThat(HexFormat.of().formatHex(tail, 136, tail.length))
        .isEqualTo("22f7eff4010000000ea72a31180000004153484c52435243");
  }

  @ParameterizedTest
  @MethodSource("dev.ashlar.core.xorb.XorbReaderTest#names")
  void givenATail_whenAnyBitIsFlipped_thenItIsDamaged(String name) throws IOException {
    var golden = GoldenXorb.of(name);
    var tail = XorbFooter.write(golden.hash(), golden.index());
    long objectBytes = golden.index().bodyBytes() + tail.length;
    for (int bit = 0; bit < tail.length * 8; bit++) {
      tail[bit / 8] ^= (byte) (1 << bit % 8);
      assertThatThrownBy(() -> XorbFooter.read(tail, objectBytes))
          .as("bit %d", bit)
          .isInstanceOf(CorruptXorbException.class);
      tail[bit / 8] ^= (byte) (1 << bit % 8);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.ashlar.core.xorb.XorbReaderTest#names")
  void givenATail_whenItsFrontOrEndIsMissing_thenItIsDamaged(String name) throws IOException {
    var golden = GoldenXorb.of(name);
    var tail = XorbFooter.write(golden.hash(), golden.index());
    long objectBytes = golden.index().bodyBytes() + tail.length;
    for (int from = 1; from <= tail.length; from++) {
      var cut = Arrays.copyOfRange(tail, from, tail.length);
      assertThatThrownBy(() -> XorbFooter.read(cut, objectBytes))
          .as("from %d", from)
          .isInstanceOf(CorruptXorbException.class);
      int missing = from;
      var front = Arrays.copyOf(tail, tail.length - missing);
      assertThatThrownBy(() -> XorbFooter.read(front, objectBytes - missing))
          .as("up to %d", front.length)
          .isInstanceOf(CorruptXorbException.class);
    }
  }

  @Test
  void givenAnObjectOfAnotherLength_whenItsTailIsRead_thenItIsDamaged() throws IOException {
    var golden = GoldenXorb.of("one-byte");
    var tail = XorbFooter.write(golden.hash(), golden.index());

    assertThatThrownBy(() -> XorbFooter.read(tail, 9 + tail.length + 1))
        .isInstanceOf(CorruptXorbException.class);
  }

  /** Fields whose fault the checksum does not show, as when a writer is wrong. */
  @ParameterizedTest
  @CsvSource({
    "0, 0x58585858",
    "7, 2",
    "8, 1",
    "40, 0",
    "48, 4",
    "84, 0",
    "92, 2",
    "96, 10",
    "104, 2",
    "108, 93",
    "112, 49",
    "116, 1",
    "132, 133",
    "96, 8",
    "96, 300000",
    "100, 0",
    "100, -1",
    "100, 131073"
  })
  void givenAWrongFieldUnderARightChecksum_whenRead_thenItIsDamaged(int offset, String value)
      throws IOException {
    var golden = GoldenXorb.of("one-byte");
    var tail = XorbFooter.write(golden.hash(), golden.index());
    var fields = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN);
    fields.putInt(offset, Integer.decode(value));
    var crc = new CRC32C();
    crc.update(tail, 0, tail.length - 16);
    fields.putInt(tail.length - 16, (int) crc.getValue());

    assertThatThrownBy(() -> XorbFooter.read(tail, 9 + tail.length))
        .isInstanceOf(CorruptXorbException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 8193, Integer.MAX_VALUE, Integer.MIN_VALUE})
  void givenATrailerThatClaimsImpossibleCounts_whenRead_thenItIsDamaged(int chunks) {
    var trailer = ByteBuffer.allocate(XorbFooter.TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    trailer.putInt(chunks).putInt(0).putInt(20 + 4 * chunks);
    trailer.put("ASHLRCRC".getBytes(StandardCharsets.US_ASCII));

    assertThatThrownBy(() -> XorbFooter.tailBytes(trailer.array()))
        .isInstanceOf(CorruptXorbException.class);
  }
}
