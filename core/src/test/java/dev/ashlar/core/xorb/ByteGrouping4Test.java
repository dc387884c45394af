package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenFiles;
import org.junit.jupiter.api.Test;

final class ByteGrouping4Test {
  @Test
  void givenTheProtocolsLayouts_whenSplitAndJoined_thenTheyAreTheSame() {
    for (var layout : GoldenFiles.vectors("byte_grouping_4")) {
      var raw = bytes(layout.get("raw"));
      var grouped = new byte[raw.length];
      var joined = new byte[raw.length];

      ByteGrouping4.split(raw, 0, raw.length, grouped, 0);
      ByteGrouping4.join(grouped, 0, raw.length, joined, 0);

      assertThat(grouped).isEqualTo(bytes(layout.get("grouped")));
      assertThat(joined).isEqualTo(raw);
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
