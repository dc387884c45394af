package dev.ashlar.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.e2e.RecordingProxy.Seen;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Hundreds of LFS objects with git-lfs, cut in the middle and taken up again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class GitLfsTest {
  private static final int OBJECTS = 300;
  private static final int CUT_AFTER = 60;
  private static final Duration WAIT_MAX = Duration.ofMinutes(2);

  private Stack stack;
  private GitClient git;
  private String token;

  @BeforeAll
  void start() throws IOException, InterruptedException {
    stack = Stack.start("git-lfs", Map.of(), "--multipart-threshold", "4000000");
    token = stack.adminToken();
    git = new GitClient(stack);
  }

  @AfterAll
  void stop() {
    git.close();
    stack.close();
  }

  private void create(String name) throws IOException {
    var body = "{\"name\":\"" + name + "\",\"type\":\"model\"}";
    var answer = stack.send("POST", "/api/repos/create", token, body.getBytes(UTF_8));
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void givenManyObjects_whenPushAndPullAreCut_thenTheyGoOnWhereTheyWere() throws Exception {
    create("many");
    int before = git.seen().size();
    var url = git.url(token, "admin/many");
    var work = git.clone(url, "work");
    for (int i = 0; i < OBJECTS; i++) {
      Files.write(
          work.resolve("part" + i + ".bin"), TestFolder.bytes(new Random(i), 30_000 + 200 * i));
    }
    git.commitAll(work, "many objects");
    git.must(work, "config", "lfs.transfer.maxretries", "1");

    var push = git.start(work, "push", "--quiet");
    await("PUT", before);
    stack.kill();
    assertThat(push.waitFor()).isNotZero();
    stack.startAgain(Map.of());
    git.must(work, "push", "--quiet");
    assertEachOnce(seenSince(before), "PUT");

    var back =
        git.clone(
            url,
            "back",
            "-c",
            "filter.lfs.smudge=git-lfs smudge --skip -- %f",
            "-c",
            "filter.lfs.process=git-lfs filter-process --skip");
    var pull = git.start(back, "lfs", "pull");
    await("GET", before);
    git.kill(pull, back);
    // A file that was just being written has a part of its bytes, which git-lfs takes for an edit.
    git.must(back, "checkout", "--quiet", "--", ".");
    git.must(back, "lfs", "pull");

    for (int i = 0; i < OBJECTS; i++) {
      var name = "part" + i + ".bin";
      assertThat(Files.mismatch(back.resolve(name), work.resolve(name)))
          .as("%s of %d bytes", name, Files.size(back.resolve(name)))
          .isEqualTo(-1);
    }
    assertThat(seenSince(before))
        .filteredOn(one -> one.status() == 200 && one.path().startsWith("/cas/get/file/"))
        .hasSizeLessThan(OBJECTS + 20);
  }

  /** An object that arrived is not asked for again by the batch after the cut. */
  private static void assertEachOnce(List<Seen> seen, String method) {
    assertThat(seen)
        .as("seen: %s", seen)
        .filteredOn(one -> one.method().equals(method) && one.status() == 200)
        .extracting(one -> one.path().replaceFirst("\\?.*", ""))
        .doesNotHaveDuplicates()
        .hasSizeGreaterThan(OBJECTS - 20);
  }

  private List<Seen> seenSince(int before) {
    var seen = git.seen();
    return seen.subList(before, seen.size());
  }

  private void await(String method, int before) throws InterruptedException {
    var deadline = Instant.now().plus(WAIT_MAX);
    while (seenSince(before).stream().filter(one -> isObject(one, method)).count() < CUT_AFTER) {
      assertThat(Instant.now()).as("objects seen: " + git.seen()).isBefore(deadline);
      Thread.sleep(10);
    }
  }

  private static boolean isObject(Seen one, String method) {
    return one.method().equals(method) && one.path().startsWith("/cas/");
  }

  @Test
  void givenLargeFilesEnabledByHf_whenPushed_thenTheyComeInParts() throws Exception {
    create("parts");
    var url = git.url(token, "admin/parts");
    var work = git.clone(url, "parts");
    var enable = Client.HUB_2.hf(stack, token, Map.of(), "lfs-enable-largefiles", work.toString());
    assertThat(enable.exitCode()).as(enable.output()).isZero();
    git.must(work, "config", "lfs.customtransfer.multipart.path", hf().toString());
    Files.write(work.resolve("a.bin"), TestFolder.bytes(new Random(1), 9_000_000));
    Files.write(work.resolve("b.bin"), TestFolder.bytes(new Random(2), 100_000));
    Files.write(work.resolve("empty.bin"), new byte[0]);
    git.commitAll(work, "large and small");
    git.must(work, "push", "--quiet");

    assertThat(git.seen()).filteredOn(one -> one.path().contains("/parts/1?")).hasSize(2);
    var back = git.clone(url, "parts-back");
    assertThat(Files.mismatch(back.resolve("a.bin"), work.resolve("a.bin"))).isEqualTo(-1);
    assertThat(Files.mismatch(back.resolve("b.bin"), work.resolve("b.bin"))).isEqualTo(-1);
  }

  @Test
  void givenATransferNamedXet_whenPushed_thenTheBytesComeAsXorbsAndShareTheChunksThatAreHere()
      throws Exception {
    create("xet");
    var url = git.url(token, "admin/xet");
    var work = git.clone(url, "xet");
    var agent = Path.of("src/test/python/xet_transfer.py").toAbsolutePath();
    git.must(work, "config", "lfs.customtransfer.xet.path", python().toString());
    git.must(work, "config", "lfs.customtransfer.xet.args", agent.toString());
    git.must(work, "config", "lfs.customtransfer.xet.direction", "upload");
    var bytes = TestFolder.bytes(new Random(3), 12_000_000);
    Files.write(work.resolve("a.bin"), bytes);
    Files.write(work.resolve("empty.bin"), new byte[0]);
    git.commitAll(work, "by xorbs");
    git.must(work, "push", "--quiet");
    bytes[6_000_000] ^= 1;
    Files.write(work.resolve("b.bin"), bytes);
    git.commitAll(work, "almost the same");
    long before = bytesOfXorbs();
    git.must(work, "push", "--quiet");

    assertThat(before).isGreaterThan(12_000_000);
    assertThat(bytesOfXorbs() - before).isBetween(1L, 1_000_000L);
    var back = git.clone(url, "xet-back");
    for (var name : List.of("a.bin", "b.bin", "empty.bin")) {
      assertThat(Files.mismatch(back.resolve(name), work.resolve(name))).as(name).isEqualTo(-1);
    }
    git.must(back, "lfs", "fsck");
  }

  @Test
  void givenAnObjectThatWasRemovedForGood_whenItsOwnerPushesItAgain_thenItIsKeptForGood()
      throws Exception {
    create("again");
    var work = git.clone(git.url(token, "admin/again"), "again");
    var bytes = TestFolder.bytes(new Random(4), 100_000);
    Files.write(work.resolve("a.bin"), bytes);
    git.commitAll(work, "one object");
    git.must(work, "push", "--quiet");
    var oid = TestFolder.hashes(work).getOrDefault("a.bin", "");
    assertThat(lasting("again")).isEqualTo(oid);

    var removal = "{\"deletions\":{\"sha\":[\"" + oid + "\"],\"rewriteHistory\":false}}";
    var removed = post("/api/models/admin/again/lfs-files/batch", removal);
    assertThat(removed.statusCode()).isEqualTo(200);
    var gone = stack.send("GET", "/admin/again/resolve/main/a.bin", token, new byte[0]);
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(gone.headers().firstValue("X-Error-Code")).contains("EntryNotFound");
    assertThat(lasting("again")).isEmpty();

    git.must(work, "lfs", "push", "--object-id", "origin", oid);

    assertThat(lasting("again")).isEqualTo(oid);
    var back = git.clone(git.url(token, "admin/again"), "again-back");
    assertThat(back.resolve("a.bin")).hasBinaryContent(bytes);
  }

  /** The object of {@code a.bin} if it is held for good: only then clients need not send it. */
  private String lasting(String name) throws IOException {
    var asked = "{\"files\":[{\"path\":\"a.bin\",\"size\":100000,\"sample\":\"\"}]}";
    var answer = post("/api/models/admin/" + name + "/preupload/main", asked);
    assertThat(answer.statusCode()).isEqualTo(200);
    var oid =
        Pattern.compile("\"oid\":\"([0-9a-f]{64})\"").matcher(new String(answer.body(), UTF_8));
    return oid.find() ? oid.group(1) : "";
  }

  private HttpResponse<byte[]> post(String path, String json) throws IOException {
    return stack.send("POST", path, token, json.getBytes(UTF_8));
  }

  private long bytesOfXorbs() {
    return git.seen().stream()
        .filter(one -> one.method().equals("POST") && one.path().contains("/xorbs/"))
        .mapToLong(one -> one.body().bytes())
        .sum();
  }

  private Path python() throws IOException, InterruptedException {
    return hf().resolveSibling("python");
  }

  /** git-lfs starts the transfer by the name {@code hf}, which is on nobody's path here. */
  private Path hf() throws IOException, InterruptedException {
    var where = Client.HUB_2.python(stack, token, Map.of(), "where.py");
    assertThat(where.exitCode()).as(where.output()).isZero();
    return Path.of(where.standardOutput().strip());
  }
}
