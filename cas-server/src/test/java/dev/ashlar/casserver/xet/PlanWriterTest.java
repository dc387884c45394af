package dev.ashlar.casserver.xet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
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
import dev.ashlar.web.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the writer writes is byte for byte what Jackson makes of the same values. */
final class PlanWriterTest {
  private static final MerkleHash ONE = new MerkleHash(1, -2, 3, 0x0fedcba987654321L);
  private static final MerkleHash TWO = new MerkleHash(0, 0, 0, 7);

  private final SignedUrls urls =
      new SignedUrls(
          KeyRing.parse("5a".repeat(32)),
          InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000)));

  private final UsedXorbs xorbs =
      new UsedXorbs(
          Map.of(ONE, row(ONE, "xorb/01/one"), TWO, row(TWO, "xorb/02/two")),
          new StoredXorbs(new MemoryStore()));

  private final List<Term> terms =
      List.of(
          new Term(ONE, new ChunkRange(0, 4), 400),
          new Term(TWO, new ChunkRange(10, 1024), 67_108_864),
          new Term(ONE, new ChunkRange(99, 100), 1));

  private final SequencedMap<MerkleHash, List<Fetch>> fetches = fetches();

  private static SequencedMap<MerkleHash, List<Fetch>> fetches() {
    var fetches = new LinkedHashMap<MerkleHash, List<Fetch>>();
    fetches.put(
        ONE,
        List.of(
            new Fetch(ONE, new ChunkRange(0, 4), new ByteRange(0, 432)),
            new Fetch(ONE, new ChunkRange(99, 100), new ByteRange(9000, 9009))));
    fetches.put(TWO, List.of(new Fetch(TWO, new ChunkRange(10, 1024), new ByteRange(80, 70_000))));
    return fetches;
  }

  private static StoredXorb row(MerkleHash hash, String key) {
    return new StoredXorb(1, hash, key, 70_000, 80_000, 1024);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:8080",
        "https://hub.example/a b/\"quoted\"\\and\\",
        "https://\u0001\u001f\t\n\r\b\f/",
        "https://h\u00fcb.example/\u4e2d\u6587/\ud83d\ude00/\u007f/\u2028",
        "",
        "https://</script>&'"
      })
  void givenAnyBase_whenWritten_thenEachByteIsWhatJacksonWrites(String base) throws IOException {
    assertThat(written(base, true)).isEqualTo(Json.write(expected(base, true)));
    assertThat(written(base, false)).isEqualTo(Json.write(expected(base, false)));
  }

  @Test
  void givenNothing_whenWritten_thenListAndMapAreEmpty() throws IOException {
    var out = new ByteArrayOutputStream();
    var text = new PlanText(out);
    var writer = new PlanWriter(text, urls, PlanText.opening("http://base"), xorbs);

    writer.terms(List.of());
    writer.fetches(Map.of(), true);
    text.end();

    assertThat(out).hasToString("[]{}");
  }

  private byte[] written(String base, boolean second) throws IOException {
    var out = new ByteArrayOutputStream();
    var text = new PlanText(out);
    var writer = new PlanWriter(text, urls, PlanText.opening(base), xorbs);
    text.add('[');
    writer.terms(terms);
    text.add(',');
    writer.fetches(fetches, second);
    text.add(']').end();
    return out.toByteArray();
  }

  private ArrayNode expected(String base, boolean second) {
    var both = JsonNodeFactory.instance.arrayNode();
    var list = both.addArray();
    for (var term : terms) {
      list.addObject()
          .put("hash", term.xorb().toString())
          .put("unpacked_length", term.bytes())
          .set("range", span(term.chunks().start(), term.chunks().end()));
    }
    var map = both.addObject();
    fetches.forEach(
        (xorb, of) -> {
          var parts = map.putArray(xorb.toString());
          of.forEach(fetch -> parts.add(second ? second(base, fetch) : first(base, fetch)));
        });
    return both;
  }

  private JsonNode first(String base, Fetch fetch) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("range", span(fetch.chunks().start(), fetch.chunks().end()));
    node.put("url", url(base, fetch));
    node.set("url_range", span(fetch.body().start(), fetch.body().end() - 1));
    return node;
  }

  private JsonNode second(String base, Fetch fetch) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("url", url(base, fetch));
    var range = node.putArray("ranges").addObject();
    range.set("chunks", span(fetch.chunks().start(), fetch.chunks().end()));
    range.set("bytes", span(fetch.body().start(), fetch.body().end() - 1));
    return node;
  }

  private String url(String base, Fetch fetch) {
    return base + urls.xorb(xorbs.row(fetch.xorb()).storageKey(), List.of(fetch.body()));
  }

  private static JsonNode span(long start, long end) {
    return JsonNodeFactory.instance.objectNode().put("start", start).put("end", end);
  }
}
