package dev.ashlar.hub.lfs;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static dev.ashlar.hub.lfs.LfsRepo.REPO;
import static dev.ashlar.hub.lfs.LfsRepo.column;
import static dev.ashlar.hub.lfs.LfsRepo.hash;
import static dev.ashlar.hub.lfs.LfsRepo.line;
import static dev.ashlar.hub.lfs.LfsRepo.oid;
import static dev.ashlar.hub.lfs.LfsRepo.small;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.metadata.AwaitedFiles;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.NewXorb;
import dev.ashlar.metadata.Xorbs;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, removals and copies of LFS objects. */
class LfsFilesOverHttpTest {
  private HubStand stand;
  private String ada;
  private String bob;
  private LfsRepo repo;

  @BeforeEach
  void open(@TempDir Path staging) {
    stand = new HubStand(staging);
    ada = stand.user("ada", TokenScope.WRITE);
    bob = stand.user("bob", TokenScope.WRITE);
    repo = new LfsRepo(stand, ada);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void givenAMergedPullRequest_whenItsFileIsRewrittenAway_thenItsRefHasItNoMore() {
    repo.commit("main?create_pr=1", repo.large("pull.bin", 7));
    var pull = REPO + "/discussions/1";
    stand.sendJson("POST", pull + "/status", ada, Map.of("status", "open"));
    assertThat(stand.sendJson("POST", pull + "/merge", ada, Map.of()).statusCode()).isEqualTo(200);
    assertThat(repo.tree("main")).contains("pull.bin");

    var answer = repo.remove(true, oid(7));

    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    assertThat(repo.tree("main")).isNotEmpty().doesNotContain("pull.bin");
    assertThat(repo.tree("refs%2Fpr%2F1")).isNotEmpty().doesNotContain("pull.bin");
  }

  @Test
  void givenObjectsOfSeveralRefs_whenListed_thenEachIsThereOnceWithAName() {
    repo.commit("main", repo.large("a.bin", 1), small("plain.txt", "x"));
    stand.sendJson("POST", REPO + "/branch/dev", ada, Map.of());
    repo.commit("dev", repo.large("deep/er/b.bin", 2));
    repo.commit("main", line("deletedFile", Map.of("path", "a.bin")), repo.large("c.bin", 3));
    stand.sendJson("POST", REPO + "/tag/dev", ada, Map.of("tag", "v1", "message", "annotated"));
    repo.hold(9);

    var first = repo.list();
    repo.commit("main", repo.large("again.bin", 1), repo.large("d.bin", 4));
    var second = repo.list();

    assertThat(column(first, "oid")).containsExactlyInAnyOrder(oid(1), oid(2), oid(3));
    assertThat(column(first, "fileOid")).isEqualTo(column(first, "oid"));
    assertThat(column(first, "filename"))
        .containsExactlyInAnyOrder("a.bin", "deep/er/b.bin", "c.bin");
    assertThat(column(first, "ref")).contains("refs/heads/main", "refs/heads/dev");
    assertThat(column(first, "pushedAt")).allMatch(time -> time.endsWith("Z"));
    assertThat(column(second, "filename"))
        .containsExactlyInAnyOrder("a.bin", "deep/er/b.bin", "c.bin", "d.bin");
  }

  @Test
  void givenManyObjects_whenListedInPages_thenNoneIsMissingOrTwice() {
    var operations = new ArrayList<String>();
    for (int i = 1; i <= 25; i++) {
      operations.add(repo.large("f" + i + ".bin", i));
    }
    repo.commit("main", operations.toArray(String[]::new));

    var oids = new ArrayList<String>();
    var path = REPO + "/lfs-files?limit=10";
    int pages = 0;
    while (!path.isEmpty()) {
      var answer = stand.get(path, ada);
      oids.addAll(column(json(answer), "oid"));
      var link = header(answer, "Link");
      path =
          link.isEmpty()
              ? ""
              : link.substring(
                  link.indexOf(stand.base()) + stand.base().length(), link.indexOf('>'));
      pages++;
    }

    assertThat(pages).isEqualTo(3);
    assertThat(oids).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void givenHistory_whenAnObjectIsRemovedWithIt_thenNoRefHasItsFilesAndTheRestIsTheSame() {
    var before = repo.commit("main", small("plain.txt", "x"));
    repo.commit(
        "main", repo.large("only/a.bin", 1), repo.large("b.bin", 2), small("dir/p.txt", "y"));
    stand.sendJson("POST", REPO + "/branch/dev", ada, Map.of());
    stand.sendJson("POST", REPO + "/tag/main", ada, Map.of("tag", "v1", "message", "annotated"));
    stand.sendJson("POST", REPO + "/tag/" + before, ada, Map.of("tag", "v0"));
    repo.commit("dev", repo.large("copy-of-a.bin", 1));
    var head = repo.commit("main", small("more.txt", "z"));
    repo.list();

    var answer = repo.remove(true, oid(1));

    assertThat(answer.statusCode()).isEqualTo(200);
    for (var revision : List.of("main", "dev", "v1")) {
      assertThat(repo.tree(revision))
          .contains("b.bin", "dir/p.txt", "plain.txt")
          .doesNotContain("only", "only/a.bin", "copy-of-a.bin");
    }
    assertThat(repo.tree("main")).contains("more.txt");
    assertThat(repo.sha("main")).isNotEqualTo(head);
    assertThat(repo.sha("v0")).as("untouched history").isEqualTo(before);
    assertThat(column(repo.list(), "oid")).containsExactly(oid(2));
    var commits = json(stand.get(REPO + "/commits/main", ada));
    assertThat(commits.size()).isEqualTo(4);
    assertThat(commits.get(0).path("title").asText()).isEqualTo("change");
    var info = json(stand.get(REPO, ada));
    assertThat(info.path("sha").asText()).isEqualTo(repo.sha("main"));
    var resolve = stand.get("/ada/m/resolve/" + head + "/only/a.bin", ada);
    assertThat(resolve.statusCode()).as("the old commit has no bytes").isNotEqualTo(302);
  }

  @Test
  void givenAnAwaitedObjectThatComesWhileTheListIsFilled_whenItIsFilled_thenTheObjectIsInIt()
      throws Exception {
    repo.commit("main", repo.large("a.bin", 1));
    repo.remove(false, oid(1));
    long repoId = repo.id();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var listing =
          stand.database.transact(
              tx -> {
                tx.dml("LOCK TABLE awaited_file IN ACCESS EXCLUSIVE MODE");
                var asked = threads.submit(repo::list);
                stand.awaitLocks(1, asked);
                LfsRepo.hold(tx, repoId, 1);
                AwaitedFiles.returned(tx, repoId, List.of(hash(1)));
                return asked;
              });
      assertThat(column(listing.get(), "oid")).containsExactly(oid(1));
    }
  }

  @Test
  void givenAnObject_whenRemovedWithoutHistory_thenThePointerStaysAndTheBytesAreGone() {
    var head = repo.commit("main", repo.large("a.bin", 1), repo.large("b.bin", 2));
    repo.list();

    assertThat(repo.remove(false, oid(1)).statusCode()).isEqualTo(200);

    assertThat(repo.sha("main")).isEqualTo(head);
    assertThat(repo.tree("main")).contains("a.bin");
    assertThat(column(repo.list(), "oid")).containsExactly(oid(2));
    var next = repo.commit("main", small("x.txt", "x"));
    assertThat(next).isNotEqualTo(head);
    assertThat(column(repo.list(), "oid")).containsExactly(oid(2));
    var download =
        stand.sendJson(
            "POST",
            "/ada/m.git/info/lfs/objects/batch",
            ada,
            Map.of("operation", "download", "objects", List.of(Map.of("oid", oid(1), "size", 0))));
    assertThat(json(download).path("objects").get(0).path("error").path("code").asInt())
        .isEqualTo(404);
  }

  @Test
  void givenAFileOfSomeBytes_whenTheyAreRemoved_thenItsUrlSaysThatItIsNotThere() {
    holdBytes(1);
    repo.commit(
        "main",
        line("lfsFile", Map.of("path", "w.bin", "algo", "sha256", "oid", oid(1), "size", 2000)));
    repo.list();
    var url = "/ada/m/resolve/main/w.bin";
    assertThat(stand.get(url, ada).statusCode()).isEqualTo(302);

    assertThat(repo.remove(false, oid(1)).statusCode()).isEqualTo(200);

    for (var method : List.of("GET", "HEAD")) {
      var answer = stand.send(method, url, new byte[0]);
      assertThat(answer.statusCode()).as(method).isEqualTo(404);
      assertThat(header(answer, "X-Error-Code")).as(method).isEqualTo("EntryNotFound");
      assertThat(header(answer, "X-Error-Message"))
          .as(method)
          .isEqualTo("Entry not found: w.bin, its object sha256:" + oid(1) + " is not stored here");
      for (var name :
          List.of("ETag", "X-Linked-ETag", "X-Linked-Size", "X-Xet-Hash", "X-Repo-Commit")) {
        assertThat(header(answer, name)).as(method + " " + name).isEmpty();
      }
    }
    assertThat(stand.get("/ada/m/raw/main/w.bin", ada).body()).asString(UTF_8).contains(oid(1));
  }

  @Test
  void givenARemovedObjectThatCommitsName_whenAWriterHasSentItAgain_thenItIsKeptForGoodAndListed() {
    repo.commit("main", repo.large("w.bin", 1), repo.large("v.bin", 2));
    assertThat(repo.remove(false, oid(1), oid(2)).statusCode()).isEqualTo(200);
    assertThat(column(repo.list(), "oid")).isEmpty();
    assertThat(isLasting(1)).isFalse();

    repo.hold(1);
    repo.hold(2);
    assertThat(isLasting(1)).as("as long as nobody says who sent it").isFalse();
    assertThat(verify(bob, 1).statusCode()).isEqualTo(200);
    assertThat(upload(bob, 2)).isEqualTo(1);
    assertThat(isLasting(1)).as("Bob may only propose").isFalse();
    assertThat(isLasting(2)).as("Bob may only propose").isFalse();
    assertThat(verify(ada, 1).statusCode()).isEqualTo(200);
    assertThat(upload(ada, 2)).isEqualTo(1);

    assertThat(isLasting(1)).isTrue();
    assertThat(isLasting(2)).isTrue();
    assertThat(column(repo.list(), "oid")).containsExactlyInAnyOrder(oid(1), oid(2));
    assertThat(repo.remove(false, oid(1)).statusCode()).isEqualTo(200);
    assertThat(isLasting(1)).isFalse();
    assertThat(column(repo.list(), "oid")).containsExactly(oid(2));
  }

  @Test
  void givenAnObjectRemovedFromHistory_whenItIsSentAgain_thenItIsHeldForAWhileAsAnyUpload() {
    repo.commit("main", repo.large("w.bin", 1), repo.large("v.bin", 2));
    assertThat(repo.remove(false, oid(1)).statusCode()).isEqualTo(200);
    assertThat(repo.remove(true, oid(1)).statusCode()).isEqualTo(200);

    repo.hold(1);
    assertThat(verify(ada, 1).statusCode()).isEqualTo(200);

    assertThat(isLasting(1)).isFalse();
    assertThat(isLasting(2)).isTrue();
    assertThat(column(repo.list(), "oid")).containsExactly(oid(2));
  }

  @Test
  void
      givenARemovedObjectThatCommitsName_whenItIsCopiedFromAnotherRepository_thenItIsKeptForGood() {
    repo.commit("main", repo.large("w.bin", 1));
    stand.create(ada, "model", "mine");
    assertThat(json(duplicate(ada, "ada/mine", file(1, 1))).path("failed")).isEmpty();
    assertThat(repo.remove(false, oid(1)).statusCode()).isEqualTo(200);

    var back =
        stand.sendJson(
            "POST",
            "/api/models/ada/mine/lfs-files/duplicate",
            ada,
            Map.of(
                "target", Map.of("type", "model", "name", "ada/m"), "files", List.of(file(1, 1))));

    assertThat(json(back).path("failed")).isEmpty();
    assertThat(isLasting(1)).isTrue();
  }

  private boolean isLasting(int i) {
    var oid = Sha256.parse(oid(i));
    return stand.database.read(
        db -> Holds.committedBySha256(db, repo.id(), List.of(oid)).containsKey(oid));
  }

  private HttpResponse<byte[]> verify(String token, int i) {
    return stand.sendJson(
        "POST", "/ada/m.git/info/lfs/objects/verify", token, Map.of("oid", oid(i), "size", 0));
  }

  /** Asks where to send an object, for a pull request to come; how many are there already. */
  private long upload(String token, int i) {
    var answer =
        stand.sendJson(
            "POST",
            "/ada/m.git/info/lfs/objects/batch",
            token,
            Map.of("operation", "upload", "objects", List.of(Map.of("oid", oid(i), "size", 0))));
    assertThat(answer.statusCode()).isEqualTo(200);
    long there = 0;
    for (var object : json(answer).path("objects")) {
      there += object.has("actions") || object.has("error") ? 0 : 1;
    }
    return there;
  }

  /** Makes the repository hold a file of 2000 bytes that is known by this digest. */
  private void holdBytes(int i) {
    var xorb = new MerkleHash(4, 5, 6, i);
    var manifest =
        new FileManifest(
            new MerkleHash(1, 2, 3, i), List.of(new Term(xorb, new ChunkRange(0, 10), 2000)));
    stand.database.change(
        tx -> {
          Xorbs.publish(tx, new NewXorb(xorb, "object-" + i, 1000, 2000, 10));
          var file =
              Manifests.register(
                  tx,
                  manifest,
                  Optional.of(Sha256.parse(oid(i))),
                  Xorbs.lockForUse(tx, List.of(xorb)));
          Holds.upload(tx, repo.id(), file.id(), Instant.now().plusSeconds(600));
        });
  }

  @Test
  void givenAnOidThatIsNoneOrOfAnotherRepository_whenCommitted_thenItIsNamedAndNoRefMoves() {
    repo.hold(0xabcdef);
    var whole = oid(0xabcdef);
    stand.create(bob, "model", "mine");
    var before = json(stand.get("/api/models/bob/mine/refs", bob));
    var cut = whole.substring(1);

    for (var wrong :
        List.of(whole.toUpperCase(Locale.ROOT), cut, whole + "0", "sha256:" + cut, "")) {
      assertThat(refusal(wrong))
          .as(wrong)
          .isEqualTo("commit line 2: the oid of d/n.bin must have 64 lower-case hex digits");
    }
    assertThat(refusal(whole))
        .isEqualTo("lfsFile d/n.bin: object " + whole + " was not uploaded here");

    assertThat(json(stand.get("/api/models/bob/mine/refs", bob))).isEqualTo(before);
  }

  /** Why Bob may not commit a file with this oid to his own repository. */
  private String refusal(String oid) {
    var lines =
        line("header", Map.of("summary", "change"))
            + "\n"
            + line("lfsFile", Map.of("path", "d/n.bin", "algo", "sha256", "oid", oid, "size", 0));
    var answer =
        stand.send(
            "POST",
            "/api/models/bob/mine/commit/main",
            lines.getBytes(UTF_8),
            "Authorization",
            "Bearer " + bob);
    assertThat(answer.statusCode()).isEqualTo(400);
    return json(answer).path("error").asText();
  }

  @Test
  void givenNothingOfIt_whenRemoved_thenNothingHappens() {
    var head = repo.commit("main", repo.large("a.bin", 1));

    assertThat(repo.remove(true, oid(77)).statusCode()).isEqualTo(200);
    assertThat(repo.remove(true).statusCode()).isEqualTo(200);

    assertThat(repo.sha("main")).isEqualTo(head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xyz", "ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB"})
  void givenAMalformedOid_whenRemoved_thenItIs400(String oid) {
    assertThat(repo.remove(true, oid).statusCode()).isEqualTo(400);
    assertThat(stand.sendJson("POST", REPO + "/lfs-files/batch", ada, Map.of()).statusCode())
        .isEqualTo(400);
    assertThat(repo.remove(true, Collections.nCopies(10_001, oid).toArray()).statusCode())
        .isEqualTo(413);
  }

  @Test
  void givenStrangers_whenTheyListOrRemove_thenTheyAreRefused() {
    assertThat(stand.get(REPO + "/lfs-files", bob).statusCode()).isEqualTo(403);
    assertThat(stand.get(REPO + "/lfs-files", "").statusCode()).isEqualTo(401);
    assertThat(stand.sendJson("POST", REPO + "/lfs-files/batch", bob, Map.of()).statusCode())
        .isEqualTo(403);
    assertThat(stand.get(REPO + "/lfs-files?cursor=x", ada).statusCode()).isEqualTo(400);
  }

  private HttpResponse<byte[]> duplicate(String token, String target, Object... files) {
    return stand.sendJson(
        "POST",
        REPO + "/lfs-files/duplicate",
        token,
        Map.of("target", Map.of("type", "model", "name", target), "files", List.of(files)));
  }

  private static Map<String, String> file(int i, long word) {
    return Map.of(
        "sha256", oid(i), "xetHash", new MerkleHash(1, 2, 3, word).toString(), "filename", "f");
  }

  @Test
  void givenFilesOfAReadableRepository_whenDuplicated_thenTheTargetHoldsThemAndOthersFail() {
    repo.commit("main", repo.large("a.bin", 1), repo.large("b.bin", 2));
    stand.create(bob, "model", "mine");

    var answer =
        duplicate(bob, "bob/mine", file(1, 1), file(2, 7), file(9, 9), Map.of("sha256", "x"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(column(json(answer).path("failed"), "sha256")).containsExactly(oid(2), oid(9), "x");
    assertThat(column(json(answer).path("failed"), "error")).allMatch(text -> !text.isEmpty());
    var held =
        stand.database.read(
            db ->
                Holds.bySha256(
                    db,
                    LfsRepo.id(stand, "bob", "mine"),
                    List.of(Sha256.parse(oid(1)), Sha256.parse(oid(2)))));
    assertThat(held).containsOnlyKeys(Sha256.parse(oid(1)));
  }

  @Test
  void givenNoRights_whenDuplicated_thenItIsRefused() {
    repo.commit("main", repo.large("a.bin", 1));
    stand.create(bob, "model", "mine");

    assertThat(duplicate(ada, "bob/mine", file(1, 1)).statusCode()).isEqualTo(403);
    assertThat(duplicate("", "bob/mine", file(1, 1)).statusCode()).isEqualTo(401);
    assertThat(duplicate(bob, "bob/none", file(1, 1)).statusCode()).isEqualTo(404);
    assertThat(duplicate(bob, "bobmine", file(1, 1)).statusCode()).isEqualTo(400);
    assertThat(
            duplicate(bob, "bob/mine", Collections.nCopies(501, file(1, 1)).toArray()).statusCode())
        .isEqualTo(413);
    stand.sendJson("PUT", REPO + "/settings", ada, Map.of("private", true));
    assertThat(duplicate(bob, "bob/mine", file(1, 1)).statusCode()).isEqualTo(404);
  }
}
