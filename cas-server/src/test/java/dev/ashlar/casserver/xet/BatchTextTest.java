package dev.ashlar.casserver.xet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ashlar.casserver.intake.UsedXorbs;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.manifest.ByteRange;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.metadata.StoredXorb;
import dev.ashlar.objectstore.MemoryStore;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.reconstruction.Fetch;
import dev.ashlar.reconstruction.ReconstructionPlan;
import dev.ashlar.web.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a batch is byte for byte what Jackson makes of the same values. */
final class BatchTextTest {
  private static final MerkleHash ONE = new MerkleHash(1, -2, 3, 0x0fedcba987654321L);
  private static final MerkleHash TWO = new MerkleHash(0, 0, 0, 7);
  private static final MerkleHash LEFT = new MerkleHash(9, 9, 9, 9);
  private static final MerkleHash RIGHT = new MerkleHash(-1, -1, -1, -1);

  private static final Fetch HEAD = new Fetch(ONE, new ChunkRange(0, 4), new ByteRange(0, 432));
  private static final Fetch TAIL =
      new Fetch(ONE, new ChunkRange(99, 100), new ByteRange(9000, 9009));
  private static final Fetch OTHER =
      new Fetch(TWO, new ChunkRange(10, 1024), new ByteRange(80, 70_000));

  private final SignedUrls urls =
      new SignedUrls(
          KeyRing.parse("5a".repeat(32)),
          InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)));

  private final Term head = new Term(ONE, HEAD.chunks(), 400);
  private final Term tail = new Term(ONE, TAIL.chunks(), 1);
  private final Term other = new Term(TWO, OTHER.chunks(), 67_108_864);

  /** Both use the same head; only the file on the right may use the other xorb. */
  private final List<BatchText.Planned> plans =
      List.of(
          new BatchText.Planned(
              LEFT, plan(List.of(head, tail), List.of(HEAD, TAIL)), xorbs(Map.of(ONE, "one"))),
          new BatchText.Planned(MerkleHash.ZERO, plan(List.of(), List.of()), xorbs(Map.of())),
          new BatchText.Planned(
              RIGHT,
              plan(List.of(other, head), List.of(OTHER, HEAD)),
              xorbs(Map.of(ONE, "one", TWO, "two"))));

  private static ReconstructionPlan plan(List<Term> terms, List<Fetch> fetches) {
    long bytes = terms.stream().mapToLong(Term::bytes).sum();
    return new ReconstructionPlan(new ByteRange(0, bytes), 0, terms, fetches);
  }

  private static UsedXorbs xorbs(Map<MerkleHash, String> keys) {
    var rows = new HashMap<MerkleHash, StoredXorb>();
    keys.forEach((hash, key) -> rows.put(hash, new StoredXorb(1, hash, key, 70_000, 80_000, 1024)));
    return new UsedXorbs(rows, new StoredXorbs(new MemoryStore()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "https://hub.example/a b/\"quoted\"\\and\\",
        "https://h\u00fcb.example/\u4e2d\u6587/\ud83d\ude00/\u007f/\u2028"
      })
  void givenAnyBase_whenWritten_thenEachByteIsWhatJacksonWrites(String base) throws IOException {
    assertThat(written(base, plans)).isEqualTo(Json.write(expected(base)));
  }

  @Test
  void givenOnlyTheEmptyFile_whenWritten_thenItHasNoTermsAndNothingIsFetched() throws IOException {
    assertThat(new String(written("http://base", plans.subList(1, 2)), UTF_8))
        .isEqualTo("{\"files\":{\"" + MerkleHash.ZERO + "\":[]},\"fetch_info\":{}}");
  }

  private byte[] written(String base, List<BatchText.Planned> batch) throws IOException {
    var out = new ByteArrayOutputStream();
    new BatchText(new PlanText(out), urls, base).write(batch);
    return out.toByteArray();
  }

  private ObjectNode expected(String base) {
    var answer = JsonNodeFactory.instance.objectNode();
    var files = answer.putObject("files");
    files.putArray(LEFT.toString()).add(term(head)).add(term(tail));
    files.putArray(MerkleHash.ZERO.toString());
    files.putArray(RIGHT.toString()).add(term(other)).add(term(head));
    var fetches = answer.putObject("fetch_info");
    fetches
        .putArray(ONE.toString())
        .add(fetch(HEAD, base + urls.xorb("one", List.of(HEAD.body()))))
        .add(fetch(TAIL, base + urls.xorb("one", List.of(TAIL.body()))));
    fetches
        .putArray(TWO.toString())
        .add(fetch(OTHER, base + urls.xorb("two", List.of(OTHER.body()))));
    return answer;
  }

  private static ObjectNode term(Term term) {
    var node = JsonNodeFactory.instance.objectNode();
    node.put("hash", term.xorb().toString()).put("unpacked_length", term.bytes());
    node.set("range", span(term.chunks().start(), term.chunks().end()));
    return node;
  }

  private static ObjectNode fetch(Fetch fetch, String url) {
    var node = JsonNodeFactory.instance.objectNode();
    node.set("range", span(fetch.chunks().start(), fetch.chunks().end()));
    node.put("url", url);
    node.set("url_range", span(fetch.body().start(), fetch.body().end() - 1));
    return node;
  }

  private static JsonNode span(long start, long end) {
    return JsonNodeFactory.instance.objectNode().put("start", start).put("end", end);
  }
}
