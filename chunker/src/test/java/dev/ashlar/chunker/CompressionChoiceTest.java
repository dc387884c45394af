package dev.ashlar.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.xorb.ChunkCodec;
import dev.ashlar.core.xorb.Compression;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CompressionChoiceTest {
  @Test
  void givenFloats_whenChosen_thenTheirBytesAreGrouped() {
    assertThat(choice("float", 31)).isEqualTo(Compression.BG4_LZ4);
  }

  @Test
  void givenTextOrNoise_whenChosen_thenTheyAreNot() {
    assertThat(choice("text", 21)).isEqualTo(Compression.LZ4);
    assertThat(choice("random", 1)).isEqualTo(Compression.LZ4);
  }

  /** Each lane is far from the others, but every lane has an empty bin. */
  @Test
  void givenLanesThatAllMissABin_whenChosen_thenNoLaneHasASay() {
    var bytes = new byte[65_536];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) ((i & 3) == 0 ? 0 : 0xFF);
    }

    assertThat(CompressionChoice.of(bytes, 0, bytes.length)).isEqualTo(Compression.LZ4);
  }

  @Test
  void givenAFewBytes_whenChosen_thenEmptyLanesHaveNoSay() {
    assertThat(CompressionChoice.of(new byte[] {1, 2, 3}, 0, 3)).isEqualTo(Compression.LZ4);
  }

  @Test
  void givenAFile_whenItsNatureChanges_thenTheChoiceFollowsWithinARun() {
    var floats = new GoldenInput("float", 31, 65_536, 0).bytes();
    var text = new GoldenInput("text", 21, 65_536, 0).bytes();
    var choice = new CompressionChoice();

    assertThat(choice.next(floats, 0, floats.length)).isEqualTo(Compression.BG4_LZ4);
    for (int i = 1; i < 32; i++) {
      assertThat(choice.next(text, 0, text.length)).isEqualTo(Compression.BG4_LZ4);
    }
    assertThat(choice.next(text, 0, text.length)).isEqualTo(Compression.LZ4);
  }

  @Test
  void givenNoiseWithACompressibleHalf_whenEncoded_thenASampleFindsIt() {
    var encoder = new ChunkEncoder();
    var stored = new byte[ChunkCodec.STORED_BYTES_MAX];
    var noise = new GoldenInput("random", 3, 131_072, 0).bytes();
    var half = new GoldenInput("half", 3, 131_072, 65_536).bytes();

    boolean paysForNoise = encoder.pays(framed(noise), noise.length, Compression.LZ4);
    boolean paysForHalf = encoder.pays(framed(half), half.length, Compression.LZ4);
    var asItIs = ChunkEncoder.plain(framed(noise), noise.length);
    var shorter = encoder.compress(framed(half), half.length, Compression.LZ4, stored);

    assertThat(paysForNoise).isFalse();
    assertThat(paysForHalf).isTrue();
    assertThat(asItIs.length()).isEqualTo(8 + noise.length);
    assertThat(decoded(asItIs)).isEqualTo(noise);
    assertThat(shorter.length()).isLessThan(70_000);
    assertThat(decoded(shorter)).isEqualTo(half);
  }

  private static byte[] framed(byte[] chunk) {
    var framed = new byte[8 + chunk.length];
    System.arraycopy(chunk, 0, framed, 8, chunk.length);
    return framed;
  }

  private static byte[] decoded(ChunkEncoder.Stored stored) {
    var raw = new byte[131_072];
    int bytes = new ChunkCodec().decode(stored.bytes(), 0, stored.length(), raw, 0);
    return Arrays.copyOf(raw, bytes);
  }

  private static Compression choice(String kind, long seed) {
    var bytes = new GoldenInput(kind, seed, 65_536, 0).bytes();
    return CompressionChoice.of(bytes, 0, bytes.length);
  }
}
