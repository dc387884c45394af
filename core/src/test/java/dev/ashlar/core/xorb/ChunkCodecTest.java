package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@EnumSource(CodecWay.class)
final class ChunkCodecTest {
  ChunkCodecTest(CodecWay way) {
    way.use();
  }

  @ParameterizedTest
  @MethodSource("dev.ashlar.core.xorb.XorbReaderTest#names")
  void givenTheReferenceClientsChunks_whenDecodedAndEncodedAgain_thenTheXorbIsTheSame(String name)
      throws IOException {
    var golden = GoldenXorb.of(name);
    var body = golden.body();
    var index = golden.index();
    var codec = new ChunkCodec();
    var raw = new byte[XorbLimits.CHUNK_RAW_BYTES_MAX];
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
    for (var wanted : Compression.values()) {
      var again = new ByteArrayOutputStream();

      for (int i = 0; i < index.chunkCount(); i++) {
        int start = index.bodyStart(i);
        int length = codec.decode(body, start, index.bodyEnd(i) - start, raw, 0);
        again.write(stored, 0, codec.encode(raw, 0, length, wanted, stored, 0));
      }

      var reread = GoldenXorb.verify(again.toByteArray(), golden.hash());
      assertThat(reread.chunks()).isEqualTo(index.chunks());
    }
  }

  @ParameterizedTest
  @MethodSource("dev.ashlar.core.xorb.XorbReaderTest#names")
  void givenStoredChunks_whenShownOrCopied_thenTheBytesAreThoseOfDecoding(String name)
      throws IOException {
    var golden = GoldenXorb.of(name);
    var body = golden.body();
    var index = golden.index();
    var raw = new byte[XorbLimits.CHUNK_RAW_BYTES_MAX];
    var decoded = new ByteArrayOutputStream();
    var shown = new ByteArrayOutputStream();
    var copied = new ByteArrayOutputStream();
    var chunks = new RawChunks();
    for (int i = 0; i < index.chunkCount(); i++) {
      int start = index.bodyStart(i);
      int stored = index.bodyEnd(i) - start;
      decoded.write(raw, 0, new ChunkCodec().decode(body, start, stored, raw, 0));

      int length =
          chunks.show(
              ByteBuffer.wrap(body, start, stored),
              bytes -> {
                var seen = new byte[bytes.remaining()];
                bytes.get(seen);
                shown.writeBytes(seen);
              });

      assertThat(length).isEqualTo(index.rawBytes(i));
      var outside = ByteBuffer.allocateDirect(3 + stored).put(3, body, start, stored).position(3);
      var target = new byte[7 + length];
      copied.write(target, 7, chunks.copy(outside, target, 7));
    }
    assertThat(shown.toByteArray()).isEqualTo(decoded.toByteArray());
    assertThat(copied.toByteArray()).isEqualTo(decoded.toByteArray());
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void givenBytesThatDoNotShrink_whenEncoded_thenTheyAreStoredAsTheyAre(Compression wanted) {
    var raw = new byte[70_000];
    new Random(7).nextBytes(raw);
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];

    int length = new ChunkCodec().encode(raw, 0, raw.length, wanted, stored, 0);

    assertThat(length).isEqualTo(ChunkHeader.BYTES + raw.length);
    assertThat(stored[4]).isZero();
  }

  @ParameterizedTest
  @EnumSource(Compression.class)
  void givenAnyLengthAndPlace_whenEncodedAndDecoded_thenTheBytesAreTheSame(Compression wanted) {
    long seed = 11;
    var random = new Random(seed);
    var codec = new ChunkCodec();
    for (int length = 1; length <= XorbLimits.CHUNK_RAW_BYTES_MAX; length += 1 + length / 3) {
      int offset = random.nextInt(9);
      var raw = ChunkMaker.bytes(random, offset + length);
      var stored = new byte[3 + ChunkCodec.STORED_BYTES_MAX];
      var back = new byte[5 + length];

      int storedBytes = codec.encode(raw, offset, length, wanted, stored, 3);
      int rawBytes = codec.decode(stored, 3, storedBytes, back, 5);

      assertThat(rawBytes).as("seed %d, length %d", seed, length).isEqualTo(length);
      assertThat(back)
          .as("seed %d, length %d", seed, length)
          .endsWith(Arrays.copyOfRange(raw, offset, offset + length));
    }
  }

  @Test
  void givenTheFrameOfTheReference_whenEncoded_thenTheFrameHeaderIsTheSame() {
    var headers = GoldenFiles.vectors("lz4_frame_headers");
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
    var codec = new ChunkCodec();

    codec.encode(new byte[65_536], 0, 65_536, Compression.LZ4, stored, 0);
    assertThat(hex(stored, 8, 7)).isEqualTo(headers.get("block_max_64KiB").asText());

    codec.encode(new byte[65_537], 0, 65_537, Compression.BG4_LZ4, stored, 0);
    assertThat(hex(stored, 8, 7)).isEqualTo(headers.get("block_max_256KiB").asText());
  }

  private static String hex(byte[] bytes, int offset, int length) {
    return HexFormat.of().formatHex(bytes, offset, offset + length);
  }
}
