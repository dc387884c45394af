package dev.ashlar.hub.lfs;

import static dev.ashlar.hub.HubStand.header;
import static dev.ashlar.hub.HubStand.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.ChunkRange;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.core.manifest.Term;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.metadata.AwaitedFiles;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.metadata.NewXorb;
import dev.ashlar.metadata.Xorbs;
import dev.ashlar.web.Json;
import io.helidon.dbclient.DbTransaction;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists, removals and copies of LFS objects. */
class LfsFilesOverHttpTest {
  private static final String REPO = "/api/models/ada/m";

  private HubStand stand;
  private String ada;
  private String bob;

  @BeforeEach
  void open(@TempDir Path staging) {
    stand = new HubStand(staging);
    ada = stand.user("ada", TokenScope.WRITE);
    bob = stand.user("bob", TokenScope.WRITE);
    stand.create(ada, "model", "m");
  }

  @AfterEach
  void close() {
    stand.close();
  }

  private static String oid(int i) {
    return "%064x".formatted(i);
  }

  private long repoId(String owner, String name) {
    return stand
        .database
        .<Optional<Repos.Found>>read(db -> Repos.find(db, 0, RepoType.MODEL, owner, name))
        .orElseThrow()
        .repo()
        .id();
  }

  /** Makes the repository hold an empty file that is known by this digest. */
  private void hold(int i) {
    long repo = repoId("ada", "m");
    stand.database.change(tx -> hold(tx, repo, i));
  }

  private static void hold(DbTransaction tx, long repo, int i) {
    var manifest = new FileManifest(hash(i), List.of());
    var file = Manifests.register(tx, manifest, Optional.of(Sha256.parse(oid(i))), Map.of());
    Holds.upload(tx, repo, file.id(), Instant.now().plusSeconds(600));
  }

  private static MerkleHash hash(int i) {
    return new MerkleHash(1, 2, 3, i);
  }

  private static String line(String key, Object value) {
    return new String(Json.write(Map.of("key", key, "value", value)), UTF_8);
  }

  private String commit(String branch, String... operations) {
    var answer = tryCommit(branch, operations);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return json(answer).path("commitOid").asText();
  }

  private HttpResponse<byte[]> tryCommit(String branch, String... operations) {
    var lines = new ArrayList<String>();
    lines.add(line("header", Map.of("summary", "change")));
    lines.addAll(List.of(operations));
    return stand.send(
        "POST",
        REPO + "/commit/" + branch,
        String.join("\n", lines).getBytes(UTF_8),
        "Authorization",
        "Bearer " + ada);
  }

  private String large(String path, int i) {
    hold(i);
    return line("lfsFile", Map.of("path", path, "algo", "sha256", "oid", oid(i), "size", 0));
  }

  private static String small(String path, String text) {
    return line("file", Map.of("path", path, "content", text, "encoding", "utf-8"));
  }

  private JsonNode list() {
    return json(stand.get(REPO + "/lfs-files", ada));
  }

  private static List<String> column(JsonNode list, String name) {
    var values = new ArrayList<String>();
    list.forEach(element -> values.add(element.path(name).asText()));
    return values;
  }

  private HttpResponse<byte[]> remove(boolean rewriteHistory, Object... oids) {
    return stand.sendJson(
        "POST",
        REPO + "/lfs-files/batch",
        ada,
        Map.of("deletions", Map.of("sha", List.of(oids), "rewriteHistory", rewriteHistory)));
  }

  private List<String> tree(String revision) {
    var answer = stand.get(REPO + "/tree/" + revision + "?recursive=1", ada);
    return column(json(answer), "path");
  }

  @Test
  void givenAMergedPullRequest_whenItsFileIsRewrittenAway_thenItsRefHasItNoMore() {
    commit("main?create_pr=1", large("pull.bin", 7));
    var pull = REPO + "/discussions/1";
    stand.sendJson("POST", pull + "/status", ada, Map.of("status", "open"));
    assertThat(stand.sendJson("POST", pull + "/merge", ada, Map.of()).statusCode()).isEqualTo(200);
    assertThat(tree("main")).contains("pull.bin");

    var answer = remove(true, oid(7));

    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    assertThat(tree("main")).isNotEmpty().doesNotContain("pull.bin");
    assertThat(tree("refs%2Fpr%2F1")).isNotEmpty().doesNotContain("pull.bin");
  }

  @Test
  void givenObjectsOfSeveralRefs_whenListed_thenEachIsThereOnceWithAName() {
    commit("main", large("a.bin", 1), small("plain.txt", "x"));
    stand.sendJson("POST", REPO + "/branch/dev", ada, Map.of());
    commit("dev", large("deep/er/b.bin", 2));
    commit("main", line("deletedFile", Map.of("path", "a.bin")), large("c.bin", 3));
    stand.sendJson("POST", REPO + "/tag/dev", ada, Map.of("tag", "v1", "message", "annotated"));
    hold(9);

    var first = list();
    commit("main", large("again.bin", 1), large("d.bin", 4));
    var second = list();

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
      operations.add(large("f" + i + ".bin", i));
    }
    commit("main", operations.toArray(String[]::new));

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
    var before = commit("main", small("plain.txt", "x"));
    commit("main", large("only/a.bin", 1), large("b.bin", 2), small("dir/p.txt", "y"));
    stand.sendJson("POST", REPO + "/branch/dev", ada, Map.of());
    stand.sendJson("POST", REPO + "/tag/main", ada, Map.of("tag", "v1", "message", "annotated"));
    stand.sendJson("POST", REPO + "/tag/" + before, ada, Map.of("tag", "v0"));
    commit("dev", large("copy-of-a.bin", 1));
    var head = commit("main", small("more.txt", "z"));
    list();

    var answer = remove(true, oid(1));

    assertThat(answer.statusCode()).isEqualTo(200);
    for (var revision : List.of("main", "dev", "v1")) {
      assertThat(tree(revision))
          .contains("b.bin", "dir/p.txt", "plain.txt")
          .doesNotContain("only", "only/a.bin", "copy-of-a.bin");
    }
    assertThat(tree("main")).contains("more.txt");
    assertThat(sha("main")).isNotEqualTo(head);
    assertThat(sha("v0")).as("untouched history").isEqualTo(before);
    assertThat(column(list(), "oid")).containsExactly(oid(2));
    var commits = json(stand.get(REPO + "/commits/main", ada));
    assertThat(commits.size()).isEqualTo(4);
    assertThat(commits.get(0).path("title").asText()).isEqualTo("change");
    var info = json(stand.get(REPO, ada));
    assertThat(info.path("sha").asText()).isEqualTo(sha("main"));
    var resolve = stand.get("/ada/m/resolve/" + head + "/only/a.bin", ada);
    assertThat(resolve.statusCode()).as("the old commit has no bytes").isNotEqualTo(302);
  }

  @Test
  void givenARefThatComesWhileHistoryIsWrittenAnew_whenItIsDone_thenThatRefHasTheFileNoMoreEither()
      throws Exception {
    commit("main", large("a.bin", 1), small("p.txt", "x"));
    long repo = repoId("ada", "m");

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var removal =
          stand.database.transact(
              tx -> {
                tx.get("SELECT repo_id FROM hub_git_repo WHERE repo_id = ? FOR UPDATE", repo);
                var asked = threads.submit(() -> remove(true, oid(1)).statusCode());
                stand.awaitLocks(1, asked);
                tx.createInsert(
                        """
                        INSERT INTO hub_git_ref (repo_id, name, oid)
                        SELECT repo_id, 'refs/heads/late', oid FROM hub_git_ref
                         WHERE repo_id = :repo AND name = 'refs/heads/main'
                        """)
                    .addParam("repo", repo)
                    .execute();
                return asked;
              });

      assertThat(removal.get()).isEqualTo(200);
    }

    assertThat(tree("main")).contains("p.txt").doesNotContain("a.bin");
    assertThat(tree("late")).contains("p.txt").doesNotContain("a.bin");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void givenACommitUnderWay_whenTheFileThatItNamesIsRemovedFirst_thenItIsRefused(boolean rewrites)
      throws Exception {
    commit("main", large("a.bin", 1));
    var head = sha("main");
    var line = large("b.bin", 1);

    var commit = afterRemoval(rewrites, () -> tryCommit("main", line));

    assertThat(commit.statusCode()).as(new String(commit.body(), UTF_8)).isEqualTo(409);
    assertThat(tree("main")).doesNotContain("b.bin");
    assertThat(sha("main").equals(head)).isEqualTo(!rewrites);
    assertThat(column(list(), "oid")).isEmpty();
  }

  @Test
  void givenABranchUnderWay_whenItsHistoryIsWrittenAnewFirst_thenItIsRefusedUntilTriedAgain()
      throws Exception {
    commit("main", large("a.bin", 1), small("p.txt", "x"));
    Callable<HttpResponse<byte[]>> branch =
        () -> stand.sendJson("POST", REPO + "/branch/late", ada, Map.of());

    var refused = afterRemoval(true, branch);
    assertThat(refused.statusCode()).as(new String(refused.body(), UTF_8)).isEqualTo(409);
    assertThat(branch.call().statusCode()).isEqualTo(200);

    assertThat(tree("late")).contains("p.txt").doesNotContain("a.bin");
  }

  @Test
  void givenAPullRequestUnderWay_whenItsHistoryIsWrittenAnewFirst_thenItIsRefusedUntilTriedAgain()
      throws Exception {
    commit("main", large("a.bin", 1), small("p.txt", "x"));
    Callable<HttpResponse<byte[]>> pull = () -> tryCommit("main?create_pr=1", small("q.txt", "y"));

    var refused = afterRemoval(true, pull);
    assertThat(refused.statusCode()).as(new String(refused.body(), UTF_8)).isEqualTo(409);
    assertThat(pull.call().statusCode()).isEqualTo(200);

    assertThat(tree("refs%2Fpr%2F1")).contains("p.txt").doesNotContain("a.bin");
  }

  /** Asks when a removal of the first object waits for the repository already; the answer. */
  private HttpResponse<byte[]> afterRemoval(boolean rewrites, Callable<HttpResponse<byte[]>> call)
      throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      long repo = repoId("ada", "m");
      Callable<HttpResponse<byte[]>> remove = () -> remove(rewrites, oid(1));
      var answers =
          stand.database.transact(
              tx -> {
                tx.get("SELECT repo_id FROM hub_git_repo WHERE repo_id = ? FOR UPDATE", repo);
                var removal = threads.submit(remove);
                stand.awaitLocks(1, removal);
                var asked = threads.submit(call);
                stand.awaitLocks(2, asked);
                return List.of(removal, asked);
              });
      assertThat(answers.getFirst().get().statusCode()).isEqualTo(200);
      return answers.getLast().get();
    }
  }

  private String sha(String revision) {
    return json(stand.get(REPO + "/revision/" + revision, ada)).path("sha").asText();
  }

  @Test
  void givenAnAwaitedObjectThatComesWhileTheListIsFilled_whenItIsFilled_thenTheObjectIsInIt()
      throws Exception {
    commit("main", large("a.bin", 1));
    remove(false, oid(1));
    long repo = repoId("ada", "m");

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var listing =
          stand.database.transact(
              tx -> {
                tx.dml("LOCK TABLE awaited_file IN ACCESS EXCLUSIVE MODE");
                var asked = threads.submit(this::list);
                stand.awaitLocks(1, asked);
                hold(tx, repo, 1);
                AwaitedFiles.returned(tx, repo, List.of(hash(1)));
                return asked;
              });
      assertThat(column(listing.get(), "oid")).containsExactly(oid(1));
    }
  }

  @Test
  void givenAnObject_whenRemovedWithoutHistory_thenThePointerStaysAndTheBytesAreGone() {
    var head = commit("main", large("a.bin", 1), large("b.bin", 2));
    list();

    assertThat(remove(false, oid(1)).statusCode()).isEqualTo(200);

    assertThat(sha("main")).isEqualTo(head);
    assertThat(tree("main")).contains("a.bin");
    assertThat(column(list(), "oid")).containsExactly(oid(2));
    var next = commit("main", small("x.txt", "x"));
    assertThat(next).isNotEqualTo(head);
    assertThat(column(list(), "oid")).containsExactly(oid(2));
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
    commit(
        "main",
        line("lfsFile", Map.of("path", "w.bin", "algo", "sha256", "oid", oid(1), "size", 2000)));
    list();
    var url = "/ada/m/resolve/main/w.bin";
    assertThat(stand.get(url, ada).statusCode()).isEqualTo(302);

    assertThat(remove(false, oid(1)).statusCode()).isEqualTo(200);

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
    commit("main", large("w.bin", 1), large("v.bin", 2));
    assertThat(remove(false, oid(1), oid(2)).statusCode()).isEqualTo(200);
    assertThat(column(list(), "oid")).isEmpty();
    assertThat(isLasting(1)).isFalse();

    hold(1);
    hold(2);
    assertThat(isLasting(1)).as("as long as nobody says who sent it").isFalse();
    assertThat(verify(bob, 1).statusCode()).isEqualTo(200);
    assertThat(upload(bob, 2)).isEqualTo(1);
    assertThat(isLasting(1)).as("Bob may only propose").isFalse();
    assertThat(isLasting(2)).as("Bob may only propose").isFalse();
    assertThat(verify(ada, 1).statusCode()).isEqualTo(200);
    assertThat(upload(ada, 2)).isEqualTo(1);

    assertThat(isLasting(1)).isTrue();
    assertThat(isLasting(2)).isTrue();
    assertThat(column(list(), "oid")).containsExactlyInAnyOrder(oid(1), oid(2));
    assertThat(remove(false, oid(1)).statusCode()).isEqualTo(200);
    assertThat(isLasting(1)).isFalse();
    assertThat(column(list(), "oid")).containsExactly(oid(2));
  }

  @Test
  void givenAnObjectRemovedFromHistory_whenItIsSentAgain_thenItIsHeldForAWhileAsAnyUpload() {
    commit("main", large("w.bin", 1), large("v.bin", 2));
    assertThat(remove(false, oid(1)).statusCode()).isEqualTo(200);
    assertThat(remove(true, oid(1)).statusCode()).isEqualTo(200);

    hold(1);
    assertThat(verify(ada, 1).statusCode()).isEqualTo(200);

    assertThat(isLasting(1)).isFalse();
    assertThat(isLasting(2)).isTrue();
    assertThat(column(list(), "oid")).containsExactly(oid(2));
  }

  @Test
  void
      givenARemovedObjectThatCommitsName_whenItIsCopiedFromAnotherRepository_thenItIsKeptForGood() {
    commit("main", large("w.bin", 1));
    stand.create(ada, "model", "mine");
    assertThat(json(duplicate(ada, "ada/mine", file(1, 1))).path("failed")).isEmpty();
    assertThat(remove(false, oid(1)).statusCode()).isEqualTo(200);

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
        db -> Holds.committedBySha256(db, repoId("ada", "m"), List.of(oid)).containsKey(oid));
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
          Holds.upload(tx, repoId("ada", "m"), file.id(), Instant.now().plusSeconds(600));
        });
  }

  @Test
  void givenAnOidThatIsNoneOrOfAnotherRepository_whenCommitted_thenItIsNamedAndNoRefMoves() {
    hold(0xabcdef);
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
    var head = commit("main", large("a.bin", 1));

    assertThat(remove(true, oid(77)).statusCode()).isEqualTo(200);
    assertThat(remove(true).statusCode()).isEqualTo(200);

    assertThat(sha("main")).isEqualTo(head);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"xyz", "ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB"})
  void givenAMalformedOid_whenRemoved_thenItIs400(String oid) {
    assertThat(remove(true, oid).statusCode()).isEqualTo(400);
    assertThat(stand.sendJson("POST", REPO + "/lfs-files/batch", ada, Map.of()).statusCode())
        .isEqualTo(400);
    assertThat(remove(true, Collections.nCopies(10_001, oid).toArray()).statusCode())
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
    commit("main", large("a.bin", 1), large("b.bin", 2));
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
                    repoId("bob", "mine"),
                    List.of(Sha256.parse(oid(1)), Sha256.parse(oid(2)))));
    assertThat(held).containsOnlyKeys(Sha256.parse(oid(1)));
  }

  @Test
  void givenNoRights_whenDuplicated_thenItIsRefused() {
    commit("main", large("a.bin", 1));
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
