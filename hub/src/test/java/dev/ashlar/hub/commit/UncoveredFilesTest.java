package dev.ashlar.hub.commit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.web.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large files that no attribute covers, as the real git sees them. */
class UncoveredFilesTest {
  private static final String OID = "cd".repeat(32);

  private HubStand stand;
  private String ann;

  @BeforeEach
  void open(@TempDir Path staging) {
    stand = new HubStand(staging);
    ann = stand.user("ann", TokenScope.WRITE);
    stand.create(ann, "model", "m");
    long repoId =
        stand
            .database
            .<Optional<Repos.Found>>read(db -> Repos.find(db, 0, RepoType.MODEL, "ann", "m"))
            .orElseThrow()
            .repo()
            .id();
    var manifest = new FileManifest(new MerkleHash(1, 2, 3, 4), List.of());
    stand.database.change(
        tx -> {
          var file = Manifests.register(tx, manifest, Optional.of(Sha256.parse(OID)), Map.of());
          Holds.upload(tx, repoId, file.id(), Instant.now().plusSeconds(600));
        });
  }

  @AfterEach
  void close() {
    stand.close();
  }

  private static String line(String key, Object value) {
    return new String(Json.write(Map.of("key", key, "value", value)), UTF_8);
  }

  private static String large(String path) {
    return line("lfsFile", Map.of("path", path, "algo", "sha256", "oid", OID, "size", 0));
  }

  private static String attributes(byte[] bytes) {
    var text = Base64.getEncoder().encodeToString(bytes);
    return line("file", Map.of("path", ".gitattributes", "content", text, "encoding", "base64"));
  }

  private byte[] commit(String... operations) {
    var lines = new ArrayList<String>(List.of(line("header", Map.of("summary", "change"))));
    lines.addAll(List.of(operations));
    var answer =
        stand.send(
            "POST",
            "/api/models/ann/m/commit/main",
            String.join("\n", lines).getBytes(UTF_8),
            "Authorization",
            "Bearer " + ann);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return stand.get("/ann/m/raw/main/.gitattributes", ann).body();
  }

  @Test
  void givenNamesWithMeaningInPatterns_whenCommitted_thenGitPassesEachThroughLfs(
      @TempDir Path folder) throws IOException, InterruptedException {
    var names =
        List.of(
            "plain.xyz",
            "two words.xyz",
            "sub/dir with  spaces/x.xyz",
            "we[ird]*?.xyz",
            "#hash.xyz",
            "!bang.xyz",
            "\"quoted\".xyz",
            "ünïcode ☃.xyz",
            "-dash.xyz",
            "[attr]x",
            "a$b{c,d}.xyz",
            "trailing .xyz/y");
    var text = commit(names.stream().map(UncoveredFilesTest::large).toArray(String[]::new));

    Files.write(folder.resolve(".gitattributes"), text);
    git(folder, "init", "--quiet");
    for (var name : names) {
      assertThat(git(folder, "check-attr", "-z", "filter", "--", name))
          .as(name)
          .contains("filter\0lfs\0");
    }
    assertThat(git(folder, "check-attr", "-z", "filter", "--", "weXY.xyz", "two.xyz"))
        .doesNotContain("\0lfs\0");
    assertThat(commit(large("plain.xyz"), large("another.xyz")))
        .as("a line for the new one only")
        .asString(UTF_8)
        .isEqualTo(new String(text, UTF_8) + "another.xyz filter=lfs diff=lfs merge=lfs -text\n");
  }

  private static String git(Path folder, String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-c", "core.quotePath=false"));
    command.addAll(List.of(words));
    var process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  @Test
  void givenAFileThatIsNoUnicode_whenALineIsAdded_thenItsBytesStay() {
    var old = "caf\u00e9.bin filter=lfs\r\n# no newline at the end".getBytes(ISO_8859_1);

    var text = commit(attributes(old), large("x.xyz"));

    assertThat(Arrays.copyOf(text, old.length)).isEqualTo(old);
    assertThat(new String(text, old.length, text.length - old.length, UTF_8))
        .isEqualTo("\nx.xyz filter=lfs diff=lfs merge=lfs -text\n");
  }

  @Test
  void givenACommitThatCoversItsFiles_whenCommitted_thenNothingIsAdded() {
    var own = "*.xyz filter=lfs -text\n".getBytes(UTF_8);

    assertThat(commit(large("x.xyz"), attributes(own))).isEqualTo(own);
  }

  @Test
  void givenAFileThatIsRemovedAgain_whenCommitted_thenNothingIsAdded() {
    var own = "*.bin filter=lfs -text\n".getBytes(UTF_8);

    assertThat(
            commit(attributes(own), large("x.xyz"), line("deletedFile", Map.of("path", "x.xyz"))))
        .isEqualTo(own);
  }
}
