package dev.ashlar.core.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.apache.commons.codec.digest.Blake3;
import org.junit.jupiter.api.Test;

final class XetHashTest {
  @Test
  void givenTheSpecificationsExample_whenAChunkIsHashed_thenTheTextIsTheSame() {
    var bytes = "Hello World!".getBytes(StandardCharsets.UTF_8);

    var hash = XetHash.chunk(bytes, 0, bytes.length);

    assertThat(hash)
        .hasToString("d8d408e608fb9ca213b9909a65d86d725f2de4d8d540324be8a363e7a6e228cb");
  }

  @Test
  void givenAnyLength_whenHashed_thenAnIndependentBlake3Agrees() {
    long seed = 20261121;
    var random = new Random(seed);
    var key = new byte[32];
    random.nextBytes(key);
    for (int length = 0; length < 140_000; length += 1 + length / 9) {
      var bytes = new byte[length];
      random.nextBytes(bytes);

      var ours = dev.ashlar.core.hash.Blake3.keyed(key).hash(bytes, 0, length);

      var theirs = Blake3.initKeyedHash(key).update(bytes).doFinalize(32);
      assertThat(ours.bytes()).as("seed %d, length %d", seed, length).isEqualTo(theirs);
    }
  }
}
