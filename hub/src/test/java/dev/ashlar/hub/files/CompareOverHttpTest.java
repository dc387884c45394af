package dev.ashlar.hub.files;

import static dev.ashlar.hub.files.FilesStand.REPO;
import static dev.ashlar.hub.files.FilesStand.deleted;
import static dev.ashlar.hub.files.FilesStand.file;
import static dev.ashlar.hub.files.FilesStand.json;
import static dev.ashlar.hub.files.FilesStand.lfs;
import static dev.ashlar.hub.files.FilesStand.title;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.hub.tree.HeldFiles.HeldFile;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files differ between two revisions, as clients ask for it. */
class CompareOverHttpTest {
  private static final Sha256 OID = Sha256.parse("5c".repeat(32));
  private static final MerkleHash XET = MerkleHash.parse("a7".repeat(32));

  private final SignedUrls signed =
      new SignedUrls(KeyRing.of(List.of(new byte[KeyRing.KEY_BYTES])), InstantSource.system());
  private FilesStand stand = new FilesStand(Path.of("unused"), signed, new MemoryDoor());
  private String first = "";

  @BeforeEach
  void open(@TempDir Path staging) throws IOException {
    stand.close();
    var door = new MemoryDoor();
    stand = new FilesStand(staging, signed, door);
    door.held.put(OID, new HeldFile(XET, 30_000_000));
    first = id(commit(title("One"), file("a.txt", "one\n"), file("old.txt", "x\n".repeat(50))));
    commit(
        title("Two"),
        file("a.txt", "two!\n"),
        deleted("old.txt"),
        file("dir/new.txt", "x\n".repeat(50)),
        lfs("w.bin", OID, 30_000_000));
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void givenTwoRevisions_whenCompared_thenEachChangedFileIsNamed() {
    var changes = json(stand.get(REPO + "/compare/" + first + "..main"));

    assertThat(changes)
        .extracting(change -> change.path("status").asText() + " " + change.path("path").asText())
        .containsExactlyInAnyOrder(
            "add .gitattributes", "modify a.txt", "rename dir/new.txt", "add w.bin");
    assertThat(changes).extracting(change -> change.path("oldPath").asText()).contains("old.txt");
  }

  @Test
  void givenOneRevision_whenCompared_thenItsParentIsTheOtherSide() {
    assertThat(json(stand.get(REPO + "/compare/main"))).hasSize(4);
    assertThat(json(stand.get(REPO + "/compare/" + first))).hasSize(2);
  }

  @Test
  void givenTwoBranches_whenComparedFromTheirBase_thenOnlyTheSecondSideCounts() {
    stand.post(REPO + "/branch/feature%2Fx", Map.of("startingPoint", first));
    stand.commit("feature%2Fx", title("Side"), file("side.txt", "s"));

    assertThat(json(stand.get(REPO + "/compare/main...feature%2Fx")))
        .extracting(change -> change.path("path").asText())
        .containsExactly("side.txt");
  }

  @Test
  void givenRawDiffs_whenAsked_thenLinesHaveSizesModesAndFullIds() {
    var lines = new String(stand.get(REPO + "/compare/" + first + "..main?raw=true").body(), UTF_8);

    assertThat(lines.lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "T 5\t:100644 100644 [0-9a-f]{40}\\.\\.\\. [0-9a-f]{40}\\.\\.\\. M\ta\\.txt"))
        .anySatisfy(
            line ->
                assertThat(line)
                    .matches(
                        "B 30000000\t:000000 100644 0{40}\\.\\.\\. [0-9a-f]{40}\\.\\.\\. A\tw\\.bin"))
        .anySatisfy(line -> assertThat(line).endsWith(" R100\told.txt\tdir/new.txt"));
  }

  @Test
  void givenAnUnknownRevision_whenCompared_thenTheCodeSaysSo() {
    var answer = stand.get(REPO + "/compare/main..nowhere");

    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.headers().firstValue("X-Error-Code")).hasValue("RevisionNotFound");
  }

  private HttpResponse<byte[]> commit(String... lines) {
    var answer = stand.commit("main", lines);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return answer;
  }

  private static String id(HttpResponse<byte[]> commit) {
    return json(commit).path("commitOid").asText();
  }
}
