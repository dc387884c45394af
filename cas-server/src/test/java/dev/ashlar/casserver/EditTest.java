package dev.ashlar.casserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.golden.GoldenInput;
import dev.ashlar.core.hash.HashedChunk;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Subtree;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.core.xorb.XorbIndex;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.objectstore.ObjectKey;
import dev.ashlar.objectstore.StoredXorbs;
import dev.ashlar.web.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients are told who change the middle of a file. */
final class EditTest {
  private static final String PATH = "/v2/file-chunk-hashes/";

  private CasFixture cas;
  private MerkleHash file;
  private FileManifest manifest;
  private XorbIndex index;

  @BeforeEach
  void start(@TempDir Path folder) throws IOException {
    cas = new CasFixture(folder);
    var taken =
        cas.cas
            .files()
            .take(
                1,
                10,
                new ByteArrayInputStream(new GoldenInput("random", 5, 6_000_000, 0).bytes()));
    file = taken.file();
    manifest = cas.database.read(db -> Manifests.find(db, file)).orElseThrow();
    var xorb = manifest.terms().getFirst().xorb();
    var row =
        Objects.requireNonNull(cas.database.read(db -> Xorbs.find(db, List.of(xorb))).get(xorb));
    index = new StoredXorbs(cas.objects).index(new ObjectKey(row.storageKey()));
    cutIntoTerms(8);
  }

  @AfterEach
  void stop() {
    cas.close();
  }

  /** Many short terms, as in a file that shares chunks with many others. */
  private void cutIntoTerms(int chunks) {
    var whole = manifest.terms().getFirst();
    var terms = new ArrayList<Term>();
    for (int at = whole.chunks().start(); at < whole.chunks().end(); at += chunks) {
      var part = new ChunkRange(at, Math.min(at + chunks, whole.chunks().end()));
      terms.add(new Term(whole.xorb(), part, index.rawBytes(part)));
    }
    manifest = new FileManifest(file, terms);
    cas.database.change(
        tx ->
            tx.createUpdate("update file_terms set terms = :terms")
                .addParam("terms", manifest.pack())
                .execute());
  }

  private HttpResponse<byte[]> ask(String ranges) throws IOException {
    return cas.get(1, 10, PATH + file, "X-Range-Dirty", ranges);
  }

  private static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    assertThat(answer.statusCode()).isEqualTo(200);
    return Json.tree(new ByteArrayInputStream(answer.body()));
  }

  private static Subtree subtree(JsonNode json) {
    var nodes = new ArrayList<HashedChunk>();
    for (var node : json.path("nodes")) {
      nodes.add(
          new HashedChunk(
              MerkleHash.parse(node.path("hash").asText()), node.path("size").asLong()));
    }
    var levels = new ArrayList<Subtree.Level>();
    json.path("levels")
        .forEach(l -> levels.add(new Subtree.Level(l.get(0).asInt(), l.get(1).asInt())));
    return new Subtree(
        nodes, levels, json.path("at_start").asBoolean(), json.path("at_end").asBoolean());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes=3000000-3000000",
        "bytes=0-0",
        "bytes=5999999-7000000",
        "bytes=4000000-4100000,1000000-1000010",
        "bytes=0-5999999"
      })
  void givenRanges_whenAsked_thenGapsAndWindowsTogetherMakeTheFilesHash(String ranges)
      throws IOException {
    var answer = json(ask(ranges));

    assertThat(answer.path("fileSize").asLong()).isEqualTo(6_000_000);
    assertThat(answer.path("totalChunks").asLong()).isEqualTo(index.chunkCount());
    var windows = answer.path("windows");
    var gaps = answer.path("hashRanges");
    assertThat(gaps).hasSize(windows.size() + 1);
    var runs = new ArrayList<Subtree>();
    for (int i = 0; i < gaps.size(); i++) {
      if (!gaps.get(i).isNull()) {
        runs.add(subtree(gaps.get(i)));
      }
      if (i < windows.size()) {
        var span = windows.get(i).path("dirtyByteRange");
        runs.add(chunksOf(span.get(0).asLong(), span.get(1).asLong()));
      }
    }
    assertThat(Subtree.merged(runs).file()).isEqualTo(file);
    assertThat(verification(windows)).isEqualTo(texts(answer.path("gapVerification")));
  }

  private Subtree chunksOf(long start, long end) {
    var chunks = new ArrayList<HashedChunk>();
    for (int i = 0; i < index.chunkCount(); i++) {
      if (index.rawStart(i) >= start && index.rawEnd(i) <= end) {
        chunks.add(new HashedChunk(index.hash(i), index.rawBytes(i)));
      }
    }
    return Subtree.of(chunks, start == 0, end == manifest.bytes());
  }

  private List<String> verification(JsonNode windows) {
    var hashes = new ArrayList<String>();
    long at = 0;
    for (var term : manifest.terms()) {
      long start = at;
      at += term.bytes();
      boolean isTouched = false;
      for (var window : windows) {
        var span = window.path("dirtyByteRange");
        isTouched |= span.get(0).asLong() < at && span.get(1).asLong() > start;
      }
      if (!isTouched) {
        hashes.add(index.rangeHash(term.chunks()).toString());
      }
    }
    return hashes;
  }

  private static List<String> texts(JsonNode array) {
    var texts = new ArrayList<String>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  @Test
  void givenASmallChange_whenAsked_thenMostOfTheFileIsLeftAlone() throws IOException {
    var windows = json(ask("bytes=3000000-3000000")).path("windows");

    assertThat(windows).hasSize(1);
    var span = windows.get(0).path("dirtyByteRange");
    assertThat(span.get(0).asLong()).isPositive().isLessThanOrEqualTo(3_000_000);
    assertThat(span.get(1).asLong()).isGreaterThan(3_000_000).isLessThan(6_000_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"bytes=6000000-6000001", "0-5", "bytes=5-2", "bytes=x", "bytes="})
  void givenNoRangeOfTheFile_whenAsked_thenItIs400(String ranges) throws IOException {
    assertThat(ask(ranges).statusCode()).isEqualTo(400);
    assertThat(cas.get(1, 10, PATH + file).statusCode()).isEqualTo(400);
  }

  @Test
  void givenAFileOfAnotherRepository_whenAsked_thenItIsNotThere() throws IOException {
    var header = new String[] {"X-Range-Dirty", "bytes=0-0"};

    assertThat(cas.get(2, 20, PATH + file, header).statusCode()).isEqualTo(404);
    assertThat(cas.get(1, 10, PATH + "ab".repeat(32), header).statusCode()).isEqualTo(404);
    assertThat(cas.get(1, 10, PATH + "xyz", header).statusCode()).isEqualTo(400);
  }
}
