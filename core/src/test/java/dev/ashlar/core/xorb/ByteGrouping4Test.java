package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ByteGrouping4Test {
  static Stream<Grouping4> ways() {
    return Stream.of(new PlainGrouping4(), new VectorGrouping4());
  }

  @ParameterizedTest
  @MethodSource("ways")
  void givenTheProtocolsLayouts_whenSplitAndJoined_thenTheyAreTheSame(Grouping4 way) {
    for (var layout : GoldenFiles.vectors("byte_grouping_4")) {
      var raw = bytes(layout.get("raw"));
      var grouped = new byte[raw.length];
      var joined = new byte[raw.length];

      way.split(raw, 0, raw.length, grouped, 0);
      way.join(grouped, 0, raw.length, joined, 0);

      assertThat(grouped).isEqualTo(bytes(layout.get("grouped")));
      assertThat(joined).isEqualTo(raw);
    }
  }

  @ParameterizedTest
  @MethodSource("ways")
  void givenAnyLengthAndOffset_whenSplitAndJoined_thenNothingBesideIsTouched(Grouping4 way) {
    long seed = 20261126;
    var random = new Random(seed);
    for (int length = 0; length < 700; length++) {
      int offset = random.nextInt(9);
      var raw = new byte[offset + length + 5];
      random.nextBytes(raw);
      var grouped = new byte[length + 7];
      var joined = raw.clone();
      Arrays.fill(joined, offset, offset + length, (byte) 0);

      way.split(raw, offset, length, grouped, 3);
      way.join(grouped, 3, length, joined, offset);

      assertThat(joined).as("length %d, offset %d, seed %d", length, offset, seed).isEqualTo(raw);
      for (int i = 0; i < length; i++) {
        int place = 3 + Grouping4.lane(i % 4, length) + i / 4;
        assertThat(grouped[place]).as("byte %d of %d", i, length).isEqualTo(raw[offset + i]);
      }
      assertThat(grouped).startsWith(0, 0, 0).endsWith(0, 0, 0, 0);
    }
  }

  private static byte[] bytes(JsonNode numbers) {
    var bytes = new byte[numbers.size()];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) numbers.get(i).asInt();
    }
    return bytes;
  }
}
