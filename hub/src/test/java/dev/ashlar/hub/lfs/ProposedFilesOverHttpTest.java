package dev.ashlar.hub.lfs;

import static dev.ashlar.hub.HubStand.json;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.manifest.FileManifest;
import dev.ashlar.hub.HubStand;
import dev.ashlar.hub.account.TokenScope;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.repo.LoneFiles;
import dev.ashlar.hub.repo.RepoType;
import dev.ashlar.hub.repo.Repos;
import dev.ashlar.hub.tree.LfsPointer;
import dev.ashlar.metadata.Holds;
import dev.ashlar.metadata.Manifests;
import dev.ashlar.web.Json;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Large files that came with pull requests: which end with them, and which must not. */
class ProposedFilesOverHttpTest {
  private static final String REPO = "/api/models/ada/m";
  private static final String PULL = "refs%2Fpr%2F1";
  private static final int ROUNDS = 15;
  private static final String LASTING = "COMMITTED";
  private static final String ENDING = "UPLOADED for days";

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
    var manifest = new FileManifest(new MerkleHash(1, 2, 3, i), List.of());
    stand.database.change(
        tx -> {
          var file = Manifests.register(tx, manifest, Optional.of(Sha256.parse(oid(i))), Map.of());
          Holds.upload(tx, repoId("ada", "m"), file.id(), Instant.now().plusSeconds(600));
        });
  }

  /** The same for many files at once. */
  private void hold(IntStream numbers) {
    long repo = repoId("ada", "m");
    stand.database.change(
        tx ->
            numbers.forEach(
                i -> {
                  var manifest = new FileManifest(new MerkleHash(1, 2, 3, i), List.of());
                  var oid = Optional.of(Sha256.parse(oid(i)));
                  var file = Manifests.register(tx, manifest, oid, Map.of());
                  Holds.upload(tx, repo, file.id(), Instant.now().plusSeconds(600));
                }));
  }

  private static String line(String key, Object value) {
    return new String(Json.write(Map.of("key", key, "value", value)), UTF_8);
  }

  private static String named(String path, int i) {
    return line("lfsFile", Map.of("path", path, "algo", "sha256", "oid", oid(i), "size", 0));
  }

  private String large(String path, int i) {
    hold(i);
    return named(path, i);
  }

  private static String small(String path, String text) {
    return line("file", Map.of("path", path, "content", text, "encoding", "utf-8"));
  }

  /** A file whose text is a pointer. */
  private static String pointer(String path, int i) {
    return small(path, new LfsPointer(Sha256.parse(oid(i)), 0).text());
  }

  private static String copy(String path, String from, String revision) {
    return line("copyFile", Map.of("path", path, "srcPath", from, "srcRevision", revision));
  }

  private static String deleted(String path) {
    return line("deletedFile", Map.of("path", path));
  }

  private HttpResponse<byte[]> tryCommit(String token, String branch, String... operations) {
    var lines = new ArrayList<String>();
    lines.add(line("header", Map.of("summary", "change")));
    lines.addAll(List.of(operations));
    return stand.send(
        "POST",
        REPO + "/commit/" + branch,
        String.join("\n", lines).getBytes(UTF_8),
        "Authorization",
        "Bearer " + token);
  }

  private String commit(String branch, String... operations) {
    var answer = tryCommit(ada, branch, operations);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    return json(answer).path("commitOid").asText();
  }

  private HttpResponse<byte[]> branch(String name, String from) {
    return stand.sendJson(
        "POST", REPO + "/branch/" + name, ada, Map.of("startingPoint", from, "overwrite", true));
  }

  private HttpResponse<byte[]> tag(String name, String revision) {
    return stand.sendJson("POST", REPO + "/tag/" + revision, ada, Map.of("tag", name));
  }

  private void deleteBranch(String name) {
    var answer =
        stand.send(
            "DELETE", REPO + "/branch/" + name, new byte[0], "Authorization", "Bearer " + ada);
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  private void deletePull(int num) {
    var answer = stand.sendJson("DELETE", REPO + "/discussions/" + num, ada, Map.of());
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
  }

  private void merge(int num) {
    var pull = REPO + "/discussions/" + num;
    stand.sendJson("POST", pull + "/status", ada, Map.of("status", "open"));
    var answer = stand.sendJson("POST", pull + "/merge", ada, Map.of());
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
  }

  /** How a repository holds the file of this number: a word, or nothing. */
  private String kind(String owner, String name, int i) {
    return stand.database.read(
        db ->
            db.createGet(
                    """
                    select g.kind || case when g.expires_at > now() + interval '6 days'
                                          then ' for days' else '' end as kind
                      from file_grant g join file f on f.id = g.file_id
                     where g.repo_id = :repo and f.sha256 = :oid
                    """)
                .addParam("repo", repoId(owner, name))
                .addParam("oid", Sha256.parse(oid(i)).bytes())
                .execute()
                .map(row -> textOf(row, "kind"))
                .orElse(""));
  }

  private String kind(int i) {
    return kind("ada", "m", i);
  }

  /** Lets the days go by, after which holds that do not last have ended. */
  private void expire() {
    stand.database.change(
        tx ->
            tx.createUpdate(
                    "update file_grant set expires_at = now() - interval '1 second'"
                        + " where expires_at is not null")
                .execute());
  }

  private List<String> listed() {
    var oids = new ArrayList<String>();
    json(stand.get(REPO + "/lfs-files", ada)).forEach(f -> oids.add(f.path("oid").asText()));
    return oids;
  }

  @Test
  void givenADeletedPullRequest_whenNothingElseNamesItsFiles_thenTheirHoldsEndInDays() {
    commit("main", large("a.bin", 1), large("gone.bin", 2));
    commit("main", deleted("gone.bin"));
    commit(
        "main?create_pr=1",
        large("again.bin", 1),
        large("gone-again.bin", 2),
        large("only/here.bin", 3),
        large("two-pulls.bin", 4),
        large("tagged.bin", 5));
    commit("main?create_pr=1", large("two-pulls.bin", 4));
    branch("side", "main");
    commit("side", large("x.bin", 5));
    stand.sendJson("POST", REPO + "/tag/side", ada, Map.of("tag", "v1", "message", "annotated"));
    deleteBranch("side");

    deletePull(1);

    assertThat(kind(3)).isEqualTo(ENDING);
    for (int shared : new int[] {1, 2, 4, 5}) {
      assertThat(kind(shared)).as("file " + shared).isEqualTo(LASTING);
    }
    deletePull(2);
    assertThat(kind(4)).isEqualTo(ENDING);
    commit("main", large("late.bin", 3));
    assertThat(kind(3)).as("committed in time").isEqualTo(LASTING);
  }

  @Test
  void givenManyFilesOfOnePullRequest_whenItIsDeleted_thenTheHoldsOfAllEnd() {
    commit("main", large("a.bin", 1));
    hold(IntStream.rangeClosed(1, 2_001));
    commit(
        "main?create_pr=1",
        IntStream.rangeClosed(1, 2_001)
            .mapToObj(i -> named("many/" + i + ".bin", i))
            .toArray(String[]::new));

    deletePull(1);

    assertThat(kind(1)).isEqualTo(LASTING);
    assertThat(endingFiles()).isEqualTo(2_000);
  }

  private long endingFiles() {
    return stand.database.read(
        db ->
            db.createGet(
                    """
                    select count(*) as files from file_grant
                     where repo_id = :repo and kind = 'UPLOADED'
                       and expires_at > now() + interval '6 days'
                    """)
                .addParam("repo", repoId("ada", "m"))
                .execute()
                .map(row -> longOf(row, "files"))
                .orElseThrow());
  }

  @Test
  void givenFilesThatEnded_whenTheFilesOfTheRepositoryAreListed_thenTheyAreNotThere() {
    commit("main?create_pr=1", large("pull.bin", 7));
    assertThat(listed()).containsExactly(oid(7));

    deletePull(1);

    assertThat(listed()).as("in these days").containsExactly(oid(7));
    expire();
    assertThat(listed()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenAFileThatOldCommitsHave_whenAPullRequestNamesItAndIsDeleted_thenItStays(boolean text) {
    branch("side", "main");
    commit("side", large("old.bin", 5));
    deleteBranch("side");
    var by = text ? bob : ada;
    assertThat(tryCommit(by, "main?create_pr=1", text ? pointer("o", 5) : named("o", 5)).body())
        .asString(UTF_8)
        .contains("/discussions/1");

    stand.sendJson("POST", REPO + "/duplicate", bob, Map.of("repository", "bob/copy"));
    deletePull(1);

    assertThat(kind(5)).isEqualTo(LASTING);
    assertThat(kind("bob", "copy", 5)).as("in a copy").isEqualTo(LASTING);
  }

  @Test
  void givenAMergedPullRequest_whenItIsDeleted_thenItsFilesStay() {
    commit("main?create_pr=1", large("pull.bin", 7));
    merge(1);

    deletePull(1);

    assertThat(kind(7)).isEqualTo(LASTING);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenAMergedPullRequest_whenTheBranchGoesBackAndItIsDeleted_thenItsFilesStay(
      boolean isFastForward) {
    var before = commit("main", small("a.txt", "a"));
    commit("main?create_pr=1", large("pull.bin", 7));
    if (!isFastForward) {
      commit("main", small("b.txt", "b"));
    }
    merge(1);
    assertThat(branch("main", before).statusCode()).isEqualTo(200);

    deletePull(1);

    assertThat(kind(7)).as("the merged commit can be asked for by its id").isEqualTo(LASTING);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenABranchOrATagOfAPullRequest_whenBothAreDeleted_thenTheFilesStay(boolean isTag) {
    commit("main?create_pr=1", large("pull.bin", 7));
    assertThat((isTag ? tag("v", PULL) : branch("side", "refs/pr/1")).statusCode()).isEqualTo(200);
    if (isTag) {
      stand.send("DELETE", REPO + "/tag/v", new byte[0], "Authorization", "Bearer " + ada);
    } else {
      deleteBranch("side");
    }

    deletePull(1);

    assertThat(kind(7)).isEqualTo(LASTING);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void givenADeletedPullRequest_whenItsCommitGetsABranchOrATag_thenItsFilesStay(boolean isTag) {
    var id = commit("main?create_pr=1", large("pull.bin", 7));
    deletePull(1);
    assertThat(kind(7)).isEqualTo(ENDING);

    assertThat((isTag ? tag("v", id) : branch("side", id)).statusCode()).isEqualTo(200);

    assertThat(kind(7)).isEqualTo(LASTING);
  }

  @Test
  void givenADeletedPullRequestWhoseFilesEnded_whenItsCommitIsToBeNamed_thenThatIsRefused() {
    commit("main", small("a.txt", "a"));
    var id = commit("main?create_pr=1", large("pull.bin", 7), small("b.txt", "b"));
    deletePull(1);
    expire();

    for (var answer : List.of(branch("side", id), tag("v", id))) {
      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).asString(UTF_8).contains(oid(7));
    }
    assertThat(tryCommit(ada, "main", copy("x.bin", "pull.bin", id)).statusCode()).isEqualTo(400);
    assertThat(tryCommit(ada, "main", named("x.bin", 7)).statusCode()).isEqualTo(400);
    var refs = json(stand.get(REPO + "/refs", ada));
    assertThat(refs.path("branches")).hasSize(1);
    assertThat(refs.path("tags")).isEmpty();
    commit("main", copy("b.txt", "b.txt", id));
  }

  @Test
  void givenAFileOfAPullRequest_whenABranchCopiesIt_thenItStaysWhateverIsDeleted() {
    commit("main?create_pr=1", large("pull.bin", 7));
    commit("main", copy("copy.bin", "pull.bin", "refs/pr/1"));
    commit("main", deleted("copy.bin"));

    deletePull(1);

    assertThat(kind(7)).isEqualTo(LASTING);
  }

  @Test
  void givenAFileAboutToEnd_whenItsPointerIsCommittedAsText_thenItStays() {
    commit("main?create_pr=1", large("pull.bin", 7));
    deletePull(1);

    commit("main", pointer("late.bin", 7));

    assertThat(kind(7)).isEqualTo(LASTING);
  }

  @Test
  void givenAFileAboutToEnd_whenAnotherPullRequestBringsIt_thenItLastsAsLongAsThatOne() {
    commit("main?create_pr=1", large("pull.bin", 7));
    deletePull(1);

    commit("main?create_pr=1", named("again.bin", 7));

    assertThat(kind(7)).isEqualTo(LASTING);
    deletePull(2);
    assertThat(kind(7)).isEqualTo(ENDING);
  }

  @Test
  void givenFilesOfAPullRequestAlone_whenAnotherRefMoves_thenThatIsNoLongerSure() {
    commit("main?create_pr=1", large("pull.bin", 7));
    long repo = repoId("ada", "m");
    Predicate<String> isPull = "refs/pr/1"::equals;
    var lone =
        stand.database.<LoneFiles>read(
            db -> new LoneFiles(GitRepositories.refs(db, repo), Set.of(Sha256.parse(oid(7)))));

    commit(PULL, small("x.txt", "x"));
    assertThat(isStillTrue(lone, repo, isPull)).isTrue();

    commit("main", large("pull.bin", 7));
    assertThat(isStillTrue(lone, repo, isPull)).isFalse();
  }

  private boolean isStillTrue(LoneFiles lone, long repo, Predicate<String> isMeant) {
    return stand.database.<Boolean>transact(tx -> lone.isStillTrue(tx, repo, isMeant));
  }

  @Test
  void givenAPullRequest_whenItIsDeletedWhileItsFilesAreNamedElsewhere_thenNoNamedFileEnds()
      throws Exception {
    int named = 0;
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 1; round <= ROUNDS; round++) {
        int file = 10 * round;
        var pull = open(large("0", file), large("1", file + 1), large("2", file + 2));
        var other = open(small("x.txt", "round " + round));
        var id = commit("refs%2Fpr%2F" + pull, large("3", file + 3), large("4", file + 4));
        var side = "side" + round;
        var calls =
            List.<Callable<HttpResponse<byte[]>>>of(
                () -> tryCommit(ada, "main", named(side, file)),
                () -> tryCommit(ada, "refs%2Fpr%2F" + other, copy("copy", "1", id)),
                () -> branch(side, id),
                () -> tryCommit(bob, "main?create_pr=1", pointer("text", file + 3)),
                () -> tag("tag" + side, id));
        var start = new CountDownLatch(1);
        var deletion = threads.submit(() -> deletion(start, pull));
        var answers = new ArrayList<Future<HttpResponse<byte[]>>>();
        for (var call : calls.subList(0, 1 + round % calls.size())) {
          answers.add(
              threads.submit(
                  () -> {
                    start.await();
                    return call.call();
                  }));
        }
        start.countDown();
        assertThat(deletion.get().statusCode()).isIn(200, 409);
        for (var answer : answers) {
          named += answer.get().statusCode() == 200 ? 1 : 0;
        }
      }
    }
    assertThat(named).isGreaterThan(ROUNDS);
    assertThat(namedOids()).isNotEmpty().allMatch(i -> kind(i).equals(LASTING));
  }

  private HttpResponse<byte[]> deletion(CountDownLatch start, int pull)
      throws InterruptedException {
    start.await();
    return stand.sendJson("DELETE", REPO + "/discussions/" + pull, ada, Map.of());
  }

  /** Opens a pull request; its number. */
  private int open(String... operations) {
    var answer = tryCommit(ada, "main?create_pr=1", operations);
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(200);
    var url = json(answer).path("pullRequestUrl").asText();
    return Integer.parseInt(url.substring(url.lastIndexOf('/') + 1));
  }

  /** The large files in the trees of all refs. */
  private Set<Integer> namedOids() {
    var refs = json(stand.get(REPO + "/refs?include_prs=1", ada));
    var oids = new HashSet<Integer>();
    for (var kind : List.of("branches", "tags", "pullRequests")) {
      for (var ref : refs.path(kind)) {
        var name = ref.path("ref").asText().replace("/", "%2F");
        for (var entry : json(stand.get(REPO + "/tree/" + name + "?recursive=1", ada))) {
          var oid = entry.path("lfs").path("oid").asText();
          if (!oid.isEmpty()) {
            oids.add(Integer.parseInt(oid, 16));
          }
        }
      }
    }
    return oids;
  }

  @Test
  void givenAnOpenPullRequest_whenTheRepositoryIsDuplicated_thenItsOwnFilesAreLeftOut() {
    commit("main", large("a.bin", 1));
    commit("main?create_pr=1", large("again.bin", 1), large("pull.bin", 7));
    commit("main?create_pr=1", large("merged.bin", 8));
    merge(2);

    var answer = stand.sendJson("POST", REPO + "/duplicate", bob, Map.of("repository", "bob/copy"));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(kind("bob", "copy", 1)).isEqualTo(LASTING);
    assertThat(kind("bob", "copy", 8)).isEqualTo(LASTING);
    assertThat(kind("bob", "copy", 7)).isEmpty();
    assertThat(kind(7)).as("at its origin").isEqualTo(LASTING);
  }

  @Test
  void givenADeletedRepository_whenItHeldFiles_thenItHoldsThemNoMore() {
    commit("main", large("a.bin", 1));
    hold(2);
    long id = repoId("ada", "m");

    var deleted = stand.sendJson("DELETE", "/api/repos/delete", ada, Map.of("name", "m"));

    assertThat(deleted.statusCode()).isEqualTo(200);
    long holds =
        stand.database.read(
            db ->
                db.createGet("select count(*) as holds from file_grant where repo_id = :repo")
                    .addParam("repo", id)
                    .execute()
                    .map(row -> longOf(row, "holds"))
                    .orElseThrow());
    assertThat(holds).isZero();
  }
}
