package dev.ashlar.casserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.golden.GoldenFiles;
import dev.ashlar.core.hash.MerkleHash;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dedup questions, once the filter before the index is loaded. */
@Timeout(60)
final class AbsentChunksTest {
  private static final String LOADED = "dedup_filter_state_info{state=\"loaded\"} 1";

  private CasFixture cas;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException, InterruptedException {
    cas = new CasFixture(folder);
    while (!cas.metrics.text().contains(LOADED)) {
      Thread.sleep(10);
    }
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  private static MerkleHash chunk(String xorb, int index) {
    var chunks = GoldenFiles.json("xorbs/" + xorb + ".json").required("chunks");
    return MerkleHash.parse(chunks.get(index).required("hash").asText());
  }

  private int ask(MerkleHash chunk) throws IOException {
    return cas.get(1, 10, "/v1/chunks/default/" + chunk).statusCode();
  }

  private void assertAbsent(int count) {
    assertThat(cas.metrics.text()).contains("dedup_absent_chunks_total " + count + "\n");
  }

  @Test
  void givenAnAbsentChunk_whenAsked_thenTheFilterSaysSo() throws IOException {
    assertThat(ask(chunk("none-random", 0))).isEqualTo(404);
    assertThat(ask(MerkleHash.ZERO)).isEqualTo(404);

    assertAbsent(2);
  }

  @Test
  void givenAFileThatWasJustAcknowledged_whenItsFirstChunkIsAsked_thenItIsThere()
      throws IOException {
    cas.postXorb(1, 10, "none-random");
    cas.post(1, 10, "/v1/shards", GoldenFiles.bytes("shards/one-file.bin"));

    assertThat(ask(chunk("none-random", 0))).isEqualTo(200);
    assertAbsent(0);
  }

  @Test
  void givenAXorbThatWasJustAcknowledged_whenItsEligibleChunkIsAsked_thenItIsThere()
      throws IOException {
    cas.postXorb(1, 10, "many-files");

    assertThat(ask(chunk("many-files", 42))).isEqualTo(200);
    assertThat(ask(chunk("many-files", 41))).isEqualTo(404);
    assertAbsent(1);
  }
}
