package dev.ashlar.hub.files;

import static dev.ashlar.hub.files.FilesStand.REPO;
import static dev.ashlar.hub.files.FilesStand.file;
import static dev.ashlar.hub.files.FilesStand.json;
import static dev.ashlar.hub.files.FilesStand.lfs;
import static dev.ashlar.hub.files.FilesStand.line;
import static dev.ashlar.hub.files.FilesStand.title;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.MerkleHash;
import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.token.KeyRing;
import dev.ashlar.core.token.SignedUrls;
import dev.ashlar.hub.tree.HeldFiles.HeldFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What breaks real clients when it is done otherwise, seen over HTTP. */
class FileTrapsTest {
  private static final Sha256 OID = Sha256.parse("5c".repeat(32));
  private static final MerkleHash XET = MerkleHash.parse("a7".repeat(32));
  private static final long BIG = 30_000_000;

  private final SignedUrls signed =
      new SignedUrls(KeyRing.of(List.of(new byte[KeyRing.KEY_BYTES])), InstantSource.system());
  private FilesStand stand = new FilesStand(Path.of("unused"), signed, new MemoryDoor());

  @BeforeEach
  void open(@TempDir Path staging) throws IOException {
    stand.close();
    stand = new FilesStand(staging, signed, door(staging));
    stand.door.held.put(OID, new HeldFile(XET, BIG));
    var first =
        stand.commit(
            "main",
            title("Start"),
            file(".gitattributes", "*.bin filter=lfs diff=lfs merge=lfs -text\n"),
            file("README.md", "hello\n"),
            file("dir/a b#?.txt", "odd"),
            file("dir/sub x/deep.txt", "deep"),
            file("empty.txt", ""),
            lfs("w/model.bin", OID, BIG));
    assertThat(first.statusCode()).as(new String(first.body(), UTF_8)).isEqualTo(200);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  /** The repository of one test. */
  MemoryDoor door(Path folder) throws IOException {
    return new MemoryDoor();
  }

  private String head() {
    return json(stand.get(REPO + "/refs")).at("/branches/0/targetCommit").asText();
  }

  private static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), UTF_8);
  }

  private static String header(HttpResponse<byte[]> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  @Test
  void trap1_givenSlashesEncodedOrNot_whenPathsAndRevisionsAreAsked_thenBothAreFound() {
    stand.post(REPO + "/branch/feature%2Fx", Map.of());

    for (var path :
        List.of(
            "/tree/main/dir%2Fsub%20x",
            "/tree/main/dir/sub%20x",
            "/tree/feature%2Fx/dir%2Fsub%20x",
            "/tree/feature/x/dir/sub%20x",
            "/tree/refs%2Fheads%2Ffeature%2Fx/dir/sub%20x")) {
      var entries = json(stand.get(REPO + path));
      assertThat(entries.at("/0/path").asText()).as(path).isEqualTo("dir/sub x/deep.txt");
    }
    assertThat(text(stand.get("/ann/model/resolve/feature%2Fx/dir/a%20b%23%3F.txt")))
        .isEqualTo("odd");
    assertThat(text(stand.get("/models/ann/model/resolve/feature/x/dir/a%20b%23%3F.txt")))
        .isEqualTo("odd");
    assertThat(stand.get(REPO + "/commits/feature/x").statusCode()).isEqualTo(200);
  }

  @Test
  void trap2_givenRawBrackets_whenCommitsAreExpanded_thenTheyAreUnderstood() throws IOException {
    var answer = stand.raw("GET " + REPO + "/commits/main?expand[]=formatted HTTP/1.1");

    assertThat(answer).startsWith("HTTP/1.1 200").contains("\"formatted\":{\"title\":\"Start\"");
  }

  @Test
  void trap3_givenALargeFile_whenItsHeadIsAsked_thenAllMetadataIsThereAndNoLocation() {
    var answer = stand.head("/ann/model/resolve/main/w/model.bin");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Location")).isEmpty();
    assertThat(header(answer, "X-Repo-Commit")).isEqualTo(head());
    assertThat(header(answer, "ETag")).isEqualTo("\"" + OID + "\"");
    assertThat(header(answer, "X-Linked-ETag")).isEqualTo("\"" + OID + "\"");
    assertThat(header(answer, "X-Linked-Size")).isEqualTo("30000000");
    assertThat(header(answer, "X-Xet-Hash")).isEqualTo(XET.toString());
  }

  @Test
  void trap5_givenAnyFile_whenItsHeadIsAsked_thenTheLengthIsTrue() {
    assertThat(header(stand.head("/ann/model/resolve/main/README.md"), "Content-Length"))
        .isEqualTo("6");
    assertThat(header(stand.head("/ann/model/resolve/main/w/model.bin"), "Content-Length"))
        .isEqualTo("30000000");
    assertThat(header(stand.head("/ann/model/resolve/main/empty.txt"), "Content-Length"))
        .isEqualTo("0");
  }

  @Test
  void trap6_givenALargeFile_whenItsLinksAreRead_thenTheyAreAbsolute() {
    var link = header(stand.head("/ann/model/resolve/main/w/model.bin"), "Link");

    assertThat(link)
        .isEqualTo(
            "<%s/api/models/ann/model/xet-read-token/%s>; rel=\"xet-auth\", <%s/cas/0123456789abcdef/v1/reconstructions/%s>; rel=\"xet-reconstruction-info\""
                .formatted(stand.base(), head(), stand.base(), XET));
    var next = header(stand.get(REPO + "/tree/main?recursive=true&limit=2"), "Link");
    assertThat(next).startsWith("<" + stand.base() + REPO + "/tree/" + head() + "?recursive=true");
  }

  @Test
  void trap7_givenACommit_whenItsUrlIsRead_thenItHasRepositoryAndId() {
    var answer = json(stand.commit("main", title("More"), file("b", "b")));

    assertThat(answer.path("commitUrl").asText())
        .isEqualTo(stand.base() + "/ann/model/commit/" + head());
    assertThat(answer.path("commitOid").asText()).isEqualTo(head());
    assertThat(answer.has("pullRequestUrl")).isTrue();
  }

  @Test
  void trap8_givenStoredAndIgnoredFiles_whenPreuploadIsAsked_thenOnlyTheIgnoredAreIgnored() {
    var answer =
        json(
            stand.post(
                REPO + "/preupload/main",
                Map.of(
                    "gitIgnore",
                    "*.tmp\n",
                    "files",
                    List.of(
                        Map.of("path", "README.md", "size", 6, "sample", "aGVsbG8K"),
                        Map.of("path", "w/model.bin", "size", BIG, "sample", "AAAA"),
                        Map.of("path", "x.tmp", "size", 1, "sample", "YQ==")))));

    assertThat(answer.at("/files/0/shouldIgnore").asBoolean()).isFalse();
    assertThat(answer.at("/files/0/oid").asText())
        .isEqualTo("ce013625030ba8dba906f756967f9e9ca394464a");
    assertThat(answer.at("/files/1/shouldIgnore").asBoolean()).isFalse();
    assertThat(answer.at("/files/1/oid").asText()).isEqualTo(OID.toString());
    assertThat(answer.at("/files/2/shouldIgnore").asBoolean()).isTrue();
    assertThat(answer.at("/files/2").has("oid")).isFalse();
  }

  @Test
  void trap9_givenAMissingRevisionOrEntry_whenItIsAsked_thenTheCodeSaysWhich() {
    assertThat(header(stand.get(REPO + "/tree/nope"), "X-Error-Code"))
        .isEqualTo("RevisionNotFound");
    assertThat(header(stand.get(REPO + "/tree/main/README.md"), "X-Error-Code"))
        .isEqualTo("EntryNotFound");
    assertThat(header(stand.head("/ann/model/resolve/main/w"), "X-Error-Code"))
        .isEqualTo("EntryNotFound");
    assertThat(
            header(
                stand.post(REPO + "/preupload/nope", Map.of("files", List.of())), "X-Error-Code"))
        .isEqualTo("RevisionNotFound");
  }

  @Test
  void trap11_givenPathsAsFormOrJson_whenTheyAreAsked_thenBothAreAnsweredAlike() {
    var form =
        stand.send(
            "POST",
            REPO + "/paths-info/main",
            "paths=README.md&paths=w%2Fmodel.bin&paths=dir&paths=absent&expand=true"
                .getBytes(UTF_8),
            "Content-Type",
            "application/x-www-form-urlencoded");
    var asJson =
        stand.post(
            REPO + "/paths-info/main",
            Map.of("paths", List.of("README.md", "w/model.bin", "dir", "absent"), "expand", true));

    assertThat(json(form)).isEqualTo(json(asJson)).hasSize(3);
    assertThat(json(form).at("/1/lfs/size").asLong()).isEqualTo(BIG);
    assertThat(json(form).at("/2/type").asText()).isEqualTo("directory");
    assertThat(json(form).at("/0/lastCommit/title").asText()).isEqualTo("Start");
  }

  @Test
  void trap13_givenAnLfsPattern_whenPreuploadIsAsked_thenItDecidesBeforeSizeAndSample() {
    var answer =
        json(
            stand.post(
                REPO + "/preupload/main",
                Map.of(
                    "files",
                    List.of(
                        Map.of("path", "a.bin", "size", 3, "sample", "YWJj"),
                        Map.of("path", "b.bin", "size", 0, "sample", ""),
                        Map.of("path", "c.txt", "size", 20 << 20, "sample", "YWJj"),
                        Map.of("path", "d.txt", "size", 3, "sample", "AAEC"),
                        Map.of("path", "e.txt", "size", 3, "sample", "YWJj")))));

    assertThat(
            StreamSupport.stream(answer.path("files").spliterator(), false)
                .map(file -> file.path("uploadMode").asText()))
        .containsExactly("lfs", "regular", "lfs", "lfs", "regular");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"size\":-1", ",\"size\":null", ",\"size\":\"3\"", ",\"size\":1.5"})
  void givenAFileWithoutARightSize_whenPreuploadIsAsked_thenTheFileIsNamed(String size) {
    var body =
        "{\"files\":[{\"path\":\"a\",\"size\":0},{\"path\":\"d/b.txt\",\"sample\":\"\""
            + size
            + "}]}";

    var answer = stand.send("POST", REPO + "/preupload/main", body.getBytes(UTF_8));

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(json(answer).path("error").asText())
        .isEqualTo("size of d/b.txt: a number from 0 on is needed");
  }

  @Test
  void trap14_givenAMissingEntry_whenItIsAsked_thenTheCommitIsNamed() {
    for (var answer :
        List.of(
            stand.head("/ann/model/resolve/main/absent"),
            stand.get("/ann/model/raw/main/absent"),
            stand.get(REPO + "/tree/main/absent"))) {
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(header(answer, "X-Error-Code")).isEqualTo("EntryNotFound");
      assertThat(header(answer, "X-Repo-Commit")).isEqualTo(head());
    }
  }

  @Test
  void trap17_givenRanges_whenTheyAreAsked_thenPartsAndFaultsAreExact() {
    var part = stand.get("/ann/model/resolve/main/README.md", "Range", "bytes=1-2");
    assertThat(part.statusCode()).isEqualTo(206);
    assertThat(text(part)).isEqualTo("el");
    assertThat(header(part, "Content-Range")).isEqualTo("bytes 1-2/6");

    assertThat(text(stand.get("/ann/model/resolve/main/README.md", "Range", "bytes=4-")))
        .isEqualTo("o\n");
    assertThat(text(stand.get("/ann/model/resolve/main/README.md", "Range", "bytes=-2")))
        .isEqualTo("o\n");

    var several = stand.get("/ann/model/resolve/main/README.md", "Range", "bytes=0-0,2-2");
    assertThat(several.statusCode()).isEqualTo(200);

    var beyond = stand.get("/ann/model/resolve/main/README.md", "Range", "bytes=6-");
    assertThat(beyond.statusCode()).isEqualTo(416);
    assertThat(header(beyond, "Content-Range")).isEqualTo("bytes */6");

    var empty = stand.get("/ann/model/resolve/main/empty.txt", "Range", "bytes=0-0");
    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(header(empty, "Content-Range")).isEqualTo("bytes */0");
  }

  @Test
  void trap18_givenACommitOfManyMegabytes_whenItIsSent_thenItIsTaken() {
    var random = new Random(18);
    var lines = new String[13];
    lines[0] = title("Twelve files of nine megabytes");
    var content = new byte[9_000_000];
    for (int i = 1; i < lines.length; i++) {
      for (int at = 0; at < content.length; at += 100) {
        content[at] = (byte) ('a' + random.nextInt(26));
      }
      lines[i] = file("big/" + i + ".txt", content);
    }

    var answer = stand.commit("main", lines);

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    var entries = json(stand.get(REPO + "/tree/main/big"));
    assertThat(entries).hasSize(12);
    assertThat(entries.at("/0/size").asLong()).isEqualTo(content.length);
  }

  @Test
  void trap21_givenALargeFile_whenItIsListedAndAsked_thenBothNameTheSameThings() {
    var entry = json(stand.get(REPO + "/tree/main/w")).path(0);
    var answer = stand.head("/ann/model/resolve/main/w/model.bin");

    assertThat(entry.path("xetHash").asText()).isEqualTo(header(answer, "X-Xet-Hash"));
    assertThat("\"" + entry.at("/lfs/oid").asText() + "\"").isEqualTo(header(answer, "ETag"));
    assertThat(entry.path("size").asText()).isEqualTo(header(answer, "X-Linked-Size"));
    assertThat(entry.at("/lfs/pointerSize").asInt()).isEqualTo(133);

    stand.door.held.clear();
    assertThat(json(stand.get(REPO + "/tree/main/w")).path(0).has("xetHash")).isFalse();
    var lost = stand.head("/ann/model/resolve/main/w/model.bin");
    assertThat(lost.statusCode()).isEqualTo(404);
    assertThat(header(lost, "X-Error-Code")).isEqualTo("EntryNotFound");
    assertThat(header(lost, "X-Xet-Hash")).isEmpty();
  }

  @Test
  void trap23_givenATokenForReading_whenPreuploadIsAsked_thenTheRefusalSaysWhy() {
    var answer =
        stand.send(
            "POST", REPO + "/preupload/main", "{}".getBytes(UTF_8), "Authorization", "Bearer r");

    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(text(answer)).contains("role read");
  }

  @Test
  void givenALargeFile_whenItIsFetched_thenASignedUrlIsGivenAndXetClientsLearnTheHash() {
    var plain = stand.get("/ann/model/resolve/main/w/model.bin");
    assertThat(plain.statusCode()).isEqualTo(302);
    var location = URI.create(header(plain, "Location"));
    var url = signed.verifyFile(location.getRawPath(), location.getRawQuery());
    assertThat(url.file()).isEqualTo(XET);
    assertThat(url.bytes()).isEqualTo(BIG);
    assertThat(url.etag()).isEqualTo(OID.toString());

    var xet =
        stand.get(
            "/ann/model/resolve/main/w/model.bin",
            "Accept",
            "application/vnd.xet-fileinfo+json, */*",
            "Range",
            "bytes=0-0");
    assertThat(xet.statusCode()).isEqualTo(200);
    assertThat(header(xet, "Content-Type")).isEqualTo("application/vnd.xet-fileinfo+json");
    assertThat(header(xet, "X-Xet-Hash")).isEqualTo(XET.toString());
    assertThat(header(xet, "Vary")).isEqualTo("Accept");

    assertThat(text(stand.get("/ann/model/raw/main/w/model.bin"))).startsWith("version https://");
  }

  @Test
  void givenAKnownFile_whenItIsAskedAgain_thenItIsNotSent() {
    var etag = header(stand.get("/ann/model/resolve/main/README.md"), "ETag");

    var again = stand.get("/ann/model/resolve/main/README.md", "If-None-Match", etag);

    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(header(again, "ETag")).isEqualTo(etag);
  }

  @Test
  void givenAnUncoveredLargeFile_whenItIsCommitted_thenOnlyItsLineIsAddedToTheAttributes() {
    stand.commit("main", title("Two"), lfs("w/x y.xyz", OID, BIG), lfs("w/z.bin", OID, BIG));

    assertThat(text(stand.get("/ann/model/raw/main/.gitattributes")))
        .isEqualTo(
            """
            *.bin filter=lfs diff=lfs merge=lfs -text
            w/x[[:space:]]y.xyz filter=lfs diff=lfs merge=lfs -text
            """);
    assertThat(stand.door.kept).containsExactly(XET);
  }

  @Test
  void givenALargeInlineFile_whenItIsCommitted_thenItBecomesALargeFile() {
    var content = new byte[(10 << 20) + 1];
    Arrays.fill(content, (byte) 'x');

    var answer = stand.commit("main", title("Inline"), file("inline.txt", content));

    assertThat(answer.statusCode()).isEqualTo(200);
    var entry = json(stand.get(REPO + "/tree/main")).findValuesAsText("path");
    assertThat(entry).contains("inline.txt");
    assertThat(header(stand.head("/ann/model/resolve/main/inline.txt"), "X-Linked-Size"))
        .isEqualTo("" + content.length);
  }

  @Test
  void givenARefusedCommit_whenItIsSent_thenTheStatusIsRightAndNothingChanges() {
    var before = head();

    assertThat(refusal(title("x"), lfs("n.bin", Sha256.parse("00".repeat(32)), 1)))
        .startsWith("400")
        .contains("n.bin");
    assertThat(refusal(title("x"), lfs("n.bin", OID, 5))).startsWith("400").contains("n.bin");
    assertThat(refusal(title("x"), file("../x", "y"))).startsWith("422");
    assertThat(refusal(title("x"), file("a\\b", "y"))).startsWith("422");
    assertThat(refusal(title("x"), file("README.md/x", "y"))).startsWith("400");
    assertThat(refusal(title("x"), file("dir", "y"))).startsWith("400");
    for (var key : List.of("deletedFile", "deletedFolder")) {
      var absent = stand.commit("main", title("x"), line(key, Map.of("path", "absent")));
      assertThat(absent.statusCode()).as(key).isEqualTo(404);
      assertThat(header(absent, "X-Error-Code")).isEqualTo("EntryNotFound");
      assertThat(header(absent, "X-Error-Message"))
          .isEqualTo("A file with this name doesn't exist: absent");
    }
    assertThat(refusal(file("a", "b"))).startsWith("400").contains("header");
    assertThat(refusal(title("x"), title("y"))).startsWith("400");
    assertThat(
            refusal(
                title("x"),
                line("file", Map.of("path", "a", "content", "%%%%", "encoding", "base64"))))
        .startsWith("400")
        .contains("line 2");
    assertThat(
            refusal(
                line("header", Map.of("summary", "x", "parentCommit", "0123456789")),
                file("a", "b")))
        .startsWith("412")
        .contains(
            "The branch was updated since you opened this page. Please refresh and try again.");
    assertThat(stand.commit("nope", title("x")).statusCode()).isEqualTo(404);
    assertThat(stand.commit(before, title("x")).statusCode()).isEqualTo(404);
    assertThat(head()).isEqualTo(before);
  }

  @Test
  void givenTheParentInUpperCase_whenCommitted_thenItIsTheSameCommit() {
    var parent = head().substring(0, 12).toUpperCase(Locale.ROOT);
    var answer =
        stand.commit(
            "main",
            line("header", Map.of("summary", "x", "parentCommit", parent)),
            file("upper.txt", "y"));

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
  }

  private String refusal(String... lines) {
    var answer = stand.commit("main", lines);
    return answer.statusCode() + " " + text(answer);
  }

  @Test
  void givenTooManyOperations_whenTheyAreSent_thenTheCommitIsRefused() {
    var lines = new String[2_002];
    Arrays.fill(lines, line("deletedFile", Map.of("path", "README.md")));
    lines[0] = title("Many");

    assertThat(refusal(lines)).startsWith("413");
  }

  @Test
  void givenDeletionsAndCopies_whenTheyAreCommitted_thenTheTreeIsRight() {
    var answer =
        stand.commit(
            "main",
            title("Change"),
            line("deletedFolder", Map.of("path", "dir/")),
            line("copyFile", Map.of("path", "copy.md", "srcPath", "README.md")),
            line("deletedFile", Map.of("path", "README.md")),
            line("lfsFile", Map.of("path", "again.bin", "algo", "sha256", "oid", OID.toString())));

    assertThat(answer.statusCode()).as(text(answer)).isEqualTo(200);
    var paths = json(stand.get(REPO + "/tree/main?recursive=true")).findValuesAsText("path");
    assertThat(paths)
        .containsExactly(".gitattributes", "again.bin", "copy.md", "empty.txt", "w", "w/model.bin");
  }

  @Test
  void givenAnUnchangedTree_whenItIsCommittedAgain_thenTheHeadIsAnswered() {
    var again = json(stand.commit("main", title("Again"), file("README.md", "hello\n")));

    assertThat(again.path("commitOid").asText()).isEqualTo(head());
    assertThat(header(stand.get(REPO + "/commits/main?limit=1"), "X-Total-Count")).isEqualTo("1");
  }

  @Test
  void givenManyWriters_whenTheyCommitAtOnce_thenEveryCommitIsThere() throws InterruptedException {
    var writers =
        IntStream.range(0, 4)
            .mapToObj(
                i ->
                    Thread.ofVirtual()
                        .start(() -> stand.commit("main", title("w" + i), file("w" + i, "" + i))))
            .toList();
    for (var writer : writers) {
      writer.join();
    }

    var paths = json(stand.get(REPO + "/tree/main")).findValuesAsText("path");
    assertThat(paths).contains("w0", "w1", "w2", "w3");
    assertThat(header(stand.get(REPO + "/commits/main?limit=2"), "X-Total-Count")).isEqualTo("5");
    assertThat(header(stand.get(REPO + "/commits/main?limit=2"), "Link")).contains("p=1");
  }

  @Test
  void givenManyCommits_whenThePagesAreFollowed_thenEachCountsThemAllAndNoneComesTwice() {
    for (int i = 1; i < 7; i++) {
      stand.commit("main", title("c" + i), file("f", "" + i));
    }
    var titles = new ArrayList<String>();
    var sizes = new ArrayList<Integer>();

    var path = REPO + "/commits/main?limit=3&expand%5B%5D=formatted";
    while (!path.isEmpty()) {
      var page = stand.get(path);
      assertThat(header(page, "X-Total-Count")).as(path).isEqualTo("7");
      assertThat(json(page)).allMatch(commit -> commit.has("formatted"));
      titles.addAll(json(page).findValuesAsText("title"));
      sizes.add(json(page).size());
      path = header(page, "Link").replaceAll("<" + stand.base() + "([^>]*)>; rel=\"next\"", "$1");
      stand.commit("main", title("late"), file("late", "" + sizes.size()));
    }

    assertThat(sizes).containsExactly(3, 3, 1);
    assertThat(titles).startsWith("c6").endsWith("Start").doesNotContain("late");
    var beyond = stand.get(REPO + "/commits/main?limit=5&p=9");
    assertThat(json(beyond)).isEmpty();
    assertThat(header(beyond, "X-Total-Count")).isEqualTo("10");
    assertThat(header(beyond, "Link")).isEmpty();
  }

  @Test
  void givenBranchesAndTags_whenTheyAreMadeAndDeleted_thenTheAnswersAreTheHubs() {
    var branch = REPO + "/branch/";
    assertThat(stand.post(branch + "new%2Fone", Map.of()).statusCode()).isEqualTo(200);
    var twice = stand.post(branch + "new%2Fone", Map.of());
    assertThat(twice.statusCode()).isEqualTo(409);
    assertThat(text(twice)).contains("Reference refs/heads/new/one already exists");
    assertThat(stand.post(branch + "refs%2Fheads%2Fx", Map.of()).statusCode()).isEqualTo(400);
    for (var name : List.of("a..b", "x.lock", "-x", "a%20b", "%40%7B", "HEAD", "0".repeat(40))) {
      assertThat(stand.post(branch + name, Map.of()).statusCode()).as(name).isEqualTo(400);
    }
    var unknown = stand.post(branch + "x", Map.of("startingPoint", "nope"));
    assertThat(header(unknown, "X-Error-Code")).isEqualTo("RevisionNotFound");

    assertThat(stand.post(REPO + "/tag/main", Map.of("tag", "v1", "message", "One")).statusCode())
        .isEqualTo(200);
    assertThat(stand.post(REPO + "/tag/main", Map.of("tag", "v1")).statusCode()).isEqualTo(409);
    var refs = json(stand.get(REPO + "/refs"));
    assertThat(refs.at("/branches/0/name").asText()).isEqualTo("main");
    assertThat(refs.at("/branches/1/ref").asText()).isEqualTo("refs/heads/new/one");
    assertThat(refs.at("/tags/0/targetCommit").asText()).isEqualTo(head());
    assertThat(refs.path("converts").isArray()).isTrue();

    assertThat(delete(branch + "main")).isEqualTo(403);
    assertThat(delete(branch + "v1")).isEqualTo(404);
    assertThat(delete(branch + "new%2Fone")).isEqualTo(200);
    assertThat(delete(REPO + "/tag/v1")).isEqualTo(200);
    assertThat(delete(REPO + "/tag/v1")).isEqualTo(404);
  }

  private int delete(String path) {
    return stand.send("DELETE", path, new byte[0]).statusCode();
  }

  @Test
  void givenALongHistory_whenItIsSquashed_thenOneCommitWithTheSameTreeIsLeft() {
    stand.commit("main", title("Two"), file("two", "2"));
    var before = json(stand.get(REPO + "/tree/main?recursive=true"));

    assertThat(stand.post(REPO + "/super-squash/main", Map.of("message", "One")).statusCode())
        .isEqualTo(200);

    assertThat(json(stand.get(REPO + "/tree/main?recursive=true"))).isEqualTo(before);
    var commits = json(stand.get(REPO + "/commits/main"));
    assertThat(commits).hasSize(1);
    assertThat(commits.at("/0/title").asText()).isEqualTo("One");
    assertThat(commits.at("/0/authors/0/user").asText()).isEqualTo("ann");
  }
}
