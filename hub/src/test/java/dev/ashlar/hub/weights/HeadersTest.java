package dev.ashlar.hub.weights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
  @Test
  void givenASafetensorsFile_whenRead_thenParametersAreCountedByFormat() throws IOException {
    var file =
        safetensors(
            """
            {"__metadata__":{"format":"pt"},
             "a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},
             "b":{"dtype":"F32","shape":[],"data_offsets":[24,28]},
             "c":{"dtype":"BF16","shape":[1000,1000],"data_offsets":[28,2000028]}}
            """);

    var read = Safetensors.read(head(file)).orElseThrow();

    assertThat(read.parameters()).isEqualTo(Map.of("F32", 7L, "BF16", 1_000_000L));
    assertThat(read.total()).isEqualTo(1_000_007);
    assertThat(read.plus(read).orElseThrow().total()).isEqualTo(2_000_014);
  }

  @Test
  void givenALongHeader_whenRead_thenMoreIsReadOnce() throws IOException {
    var text = new StringBuilder("{");
    for (int i = 0; i < 5000; i++) {
      text.append(i == 0 ? "" : ",")
          .append(
              "\"layer.%d\":{\"dtype\":\"I8\",\"shape\":[3],\"data_offsets\":[0,3]}".formatted(i));
    }

    var read = Safetensors.read(head(safetensors(text.append('}').toString())));

    assertThat(read.orElseThrow().total()).isEqualTo(15_000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "[]",
        "{\"a\":1}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e3]}}",
        "{\"a\":{\"dtype\":\"<b>\",\"shape\":[1]}}",
        "{\"a\":{\"shape\":[1]}}",
        "{\"a\":{\"dtype\":\"F32\"}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1]",
      })
  void givenRubbishInTheHeader_whenRead_thenItSaysNothing(String text) throws IOException {
    assertThat(Safetensors.read(head(safetensors(text)))).isEmpty();
  }

  @Test
  void givenAnnouncedLengths_whenTheyCannotBe_thenNothingIsRead() throws IOException {
    for (long length : new long[] {-1, Long.MAX_VALUE, 1L << 40, 25 << 20, 200}) {
      var file = new byte[100];
      ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put((byte) '{');
      assertThat(Safetensors.read(head(file))).as("%d", length).isEmpty();
    }
  }

  @Test
  void givenAGgufFile_whenRead_thenNotesAndParametersAreThere() throws IOException {
    var read = Gguf.read(head(gguf(300_000))).orElseThrow();

    assertThat(read.total()).isEqualTo(32 * 64 + 7);
    assertThat(read.notes())
        .containsEntry("general.architecture", "llama")
        .containsEntry("llama.context_length", 4096L)
        .doesNotContainKey("tokenizer.ggml.tokens");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void givenAGgufFileWithFalseBytes_whenRead_thenItNeverFails(long seed) throws IOException {
    var random = new Random(seed);
    var good = gguf(20);
    for (int round = 0; round < 3000; round++) {
      var bad = good.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        bad[4 + random.nextInt(bad.length - 4)] = (byte) random.nextInt(256);
      }
      assertThat(Gguf.read(head(Arrays.copyOf(bad, random.nextInt(bad.length + 1)))))
          .as("seed %d, round %d", seed, round)
          .isNotNull();
    }
  }

  private static Head head(byte[] file) {
    return most -> Arrays.copyOf(file, Math.min(most, file.length));
  }

  private static byte[] safetensors(String header) throws IOException {
    var text = header.getBytes(StandardCharsets.UTF_8);
    var out = new ByteArrayOutputStream();
    out.write(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(text.length).array());
    out.write(text);
    out.write(new byte[16]);
    return out.toByteArray();
  }

  private static byte[] gguf(int tokens) {
    var out = ByteBuffer.allocate(1000 + tokens * 11).order(ByteOrder.LITTLE_ENDIAN);
    out.put("GGUF".getBytes(StandardCharsets.US_ASCII)).putInt(3).putLong(2).putLong(4);
    text(out, "general.architecture").putInt(8);
    text(out, "llama");
    text(out, "llama.context_length").putInt(4).putInt(4096);
    text(out, "tokenizer.ggml.tokens").putInt(9).putInt(8).putLong(tokens);
    for (int i = 0; i < tokens; i++) {
      text(out, "abc");
    }
    text(out, "some.ratio").putInt(6).putFloat(0.5f);
    text(out, "w").putInt(2).putLong(32).putLong(64).putInt(0).putLong(0);
    text(out, "b").putInt(1).putLong(7).putInt(0).putLong(8192);
    return Arrays.copyOf(out.array(), out.position());
  }

  private static ByteBuffer text(ByteBuffer out, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return out.putLong(bytes.length).put(bytes);
  }
}
