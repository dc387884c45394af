package dev.ashlar.core.xorb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ChunkRange;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@ParameterizedClass
@EnumSource(
    value = CodecWay.class,
    names = {"JAVA", "VECTORS_AND_LIBRARY"})
final class XorbReaderTest {
  XorbReaderTest(CodecWay way) {
    way.use();
  }

  static List<String> names() {
    return GoldenXorb.NAMES;
  }

  @ParameterizedTest
  @MethodSource("names")
  void givenTheReferenceClientsBody_whenVerified_thenEveryChunkIsTheSame(String name)
      throws IOException {
    var golden = GoldenXorb.of(name);
    var copy = new ByteArrayOutputStream();

    var index = XorbReader.verify(new ByteArrayInputStream(golden.upload()), golden.hash(), copy);

    assertThat(copy.toByteArray()).isEqualTo(golden.body());
    assertThat(index.chunkCount()).isEqualTo(golden.chunks().size());
    assertThat(index.bodyBytes()).isEqualTo(golden.body().length);
    assertThat(index.rawBytes()).isEqualTo(golden.facts().get("rawBytes").asLong());
    for (int i = 0; i < index.chunkCount(); i++) {
      var chunk = golden.chunks().get(i);
      var hash = MerkleHash.parse(chunk.get("hash").asText());
      assertThat(index.hash(i)).isEqualTo(hash);
      assertThat(index.chunks().get(i))
          .isEqualTo(new HashedChunk(hash, chunk.get("length").asLong()));
      assertThat(index.bodyRange(new ChunkRange(i, i + 1)).bytes())
          .isEqualTo(chunk.get("packed").asLong());
      assertThat(copy.toByteArray()[index.bodyStart(i) + 4])
          .isEqualTo((byte) chunk.get("scheme").asInt());
    }
  }
}
