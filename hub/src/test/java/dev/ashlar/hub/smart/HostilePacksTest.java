package dev.ashlar.hub.smart;

import static dev.ashlar.hub.smart.RawPack.join;
import static dev.ashlar.hub.smart.RawPack.line;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.metadata.Columns;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Packs that no git makes: each is refused with a sentence, and nothing has changed. */
class HostilePacksTest {
  private static final String FILE = "100644";
  private static final String FOLDER = "40000";

  @TempDir Path folder;
  private GitStand stand;
  private String before;
  private final RawPack pack = new RawPack();

  @BeforeEach
  void start() throws IOException {
    stand = new GitStand(folder);
    before = state();
  }

  @AfterEach
  void stop() throws IOException {
    assertThat(stand.staged()).isZero();
    assertThat(state()).isEqualTo(before);
    stand.close();
  }

  @Test
  void givenAPackThatIsCutOff_whenPushed_thenItIsRefused() {
    var id = pack.commit(tree(line(FILE, "a", pack.blob("a".repeat(5_000)))));
    var whole = pack.bytes(0);

    for (int length : new int[] {0, 11, 40, whole.length - 21, whole.length - 1}) {
      assertThat(push(id, Arrays.copyOf(whole, length))).contains("unpack ").contains("ng ");
    }
  }

  @Test
  void givenAPackWithAWrongChecksum_whenPushed_thenItIsRefused() {
    var id = pack.commit(tree(line(FILE, "a", pack.blob("a"))));
    var bytes = pack.bytes(0);
    bytes[bytes.length - 1] ^= 1;

    assertThat(push(id, bytes)).contains("the pack is damaged");
  }

  @Test
  void givenBytesAfterThePack_whenPushed_thenItIsRefused() {
    var id = pack.commit(tree(line(FILE, "a", pack.blob("a"))));

    assertThat(push(id, join(pack.bytes(0), new byte[3]))).contains("unpack ").contains("ng ");
  }

  @Test
  void givenMoreObjectsDeclaredThanThereAre_whenPushed_thenNoMemoryIsTakenForThem() {
    var id = pack.commit(tree(line(FILE, "a", pack.blob("a"))));

    assertThat(push(id, pack.bytes(0xfffffff0L))).contains("a push has at most");
    assertThat(push(id, pack.bytes(400_000))).contains("unpack ").contains("ng ");
  }

  @Test
  void givenASizeWithoutEnd_whenPushed_thenItIsRefused() {
    var endless = new byte[1_000];
    Arrays.fill(endless, (byte) 0xff);
    endless[0] = (byte) 0xbf;
    pack.raw(endless);

    assertThat(push(ObjectId.zeroId(), pack.bytes(0))).isNotEmpty();
    assertThat(push(id(1), pack.bytes(0))).contains("unpack ").contains("ng ");
  }

  @Test
  void givenAnObjectOfManyGigabytes_whenDeclared_thenItIsRefused() {
    pack.raw(new byte[] {(byte) 0xaf, (byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x0f});

    assertThat(push(id(1), pack.bytes(0))).contains("too large");
  }

  @Test
  void givenDeltasInACircle_whenPushed_thenTheyAreRefused() {
    pack.delta(id(1), RawPack.grown(10, 'a'));
    pack.delta(id(2), RawPack.grown(10, 'b'));

    assertThat(push(id(3), pack.bytes(0))).contains("the pack is incomplete");
  }

  @Test
  void givenADeltaOfManyGigabytes_whenPushed_thenItIsRefusedBeforeItIsMade() {
    var base = pack.add(Constants.OBJ_BLOB, new byte[0x10000]);
    pack.delta(base, RawPack.repeated(20_000));

    assertThat(push(id(1), pack.bytes(0))).contains("too large");
  }

  @Test
  void givenDeltasThatKeepMuchInMemory_whenPushed_thenTheyAreRefused() {
    var content = new byte[8 << 20];
    var id = pack.add(Constants.OBJ_BLOB, content);
    for (int i = 0; i < 60; i++) {
      pack.delta(id, RawPack.grown(content.length, 'b'));
      pack.delta(id, RawPack.grown(content.length, 'a'));
      content = Arrays.copyOf(content, content.length + 1);
      content[content.length - 1] = 'b';
      id = new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, content);
    }

    assertThat(push(id(1), pack.bytes(0))).contains("the deltas of large files branch too often");
  }

  @Test
  void givenALongChainOfDeltas_whenPushed_thenItIsRefused() {
    var text = "x".repeat(100);
    var id = pack.blob(text);
    for (int i = 0; i <= 1_000; i++) {
      pack.delta(id, RawPack.grown(text.length(), 'y'));
      text += "y";
      id = new ObjectInserter.Formatter().idFor(Constants.OBJ_BLOB, text.getBytes(UTF_8));
    }

    assertThat(push(id(1), pack.bytes(0))).contains("a chain of deltas is too long");
  }

  @Test
  void givenTreesThatStandForBillionsOfFiles_whenPushed_thenTheyAreRefusedAtOnce() {
    var file = pack.blob("x");
    var tree = tree(wide(FILE, file));
    for (int i = 0; i < 10; i++) {
      tree = tree(wide(FOLDER, tree));
    }

    assertThat(push(pack.commit(tree), pack.bytes(0))).contains("holds more than 1000000 files");
  }

  @Test
  void givenTreesOfNothingButFolders_whenPushed_thenTheFoldersAreCounted() {
    var tree = tree();
    for (int i = 0; i < 200; i++) {
      tree = tree(line(FOLDER, "a", tree), line(FOLDER, "b", tree));
    }

    assertThat(push(pack.commit(tree), pack.bytes(0))).contains("holds more than 1000000 files");
  }

  @Test
  void givenManyFilesWithLongPaths_whenPushed_thenThePathsTogetherAreBounded() {
    var tree = tree(wide(FILE, pack.blob("x")));
    for (int i = 0; i < 4; i++) {
      tree = tree(wide(FOLDER, tree));
    }
    for (int i = 0; i < 15; i++) {
      tree = tree(line(FOLDER, "n".repeat(250), tree));
    }

    assertThat(push(pack.commit(tree), pack.bytes(0))).contains("bytes all together");
  }

  private static byte[][] wide(String mode, ObjectId id) {
    var lines = new byte[10][];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line(mode, "n" + i, id);
    }
    return lines;
  }

  @Test
  void givenTreesOfGreatDepth_whenPushed_thenTheyAreRefused() {
    var tree = tree(line(FILE, "x", pack.blob("x")));
    for (int i = 0; i < 5_000; i++) {
      tree = tree(line(FOLDER, "d", tree));
    }

    assertThat(push(pack.commit(tree), pack.bytes(0))).contains("folders deep");
  }

  @Test
  void givenAPathThatIsTooLong_whenPushed_thenItIsRefused() {
    var tree = tree(line(FILE, "x", pack.blob("x")));
    for (int i = 0; i < 30; i++) {
      tree = tree(line(FOLDER, "d".repeat(200), tree));
    }

    assertThat(push(pack.commit(tree), pack.bytes(0))).contains("a path of more than 4096 bytes");
  }

  @Test
  void givenNamesThatNoCheckoutSurvives_whenPushed_thenTheyAreRefused() {
    for (var name :
        new String[] {".git", "..", ".", ".GIT", "git~1", "a/b", ".git::$INDEX", ".g\u200cit"}) {
      refusedName(name.getBytes(UTF_8));
    }
    refusedName("n".repeat(256).getBytes(UTF_8));
    refusedName(new byte[] {'a', (byte) 0xff, (byte) 0xfe});
    refusedName(new byte[] {'a', '\n', 'b'});
  }

  private void refusedName(byte[] name) {
    var one = new RawPack();
    var tree = one.add(Constants.OBJ_TREE, line(FILE, name, one.blob("x")));

    assertThat(push(one.commit(tree), one.bytes(0)))
        .as(new String(name, ISO_8859_1))
        .contains("ng refs/heads/raw");
  }

  @Test
  void givenTreesThatAreNoTrees_whenPushed_thenTheyAreRefused() {
    var blob = pack.blob("x");
    for (var lines :
        new byte[][] {
          join(line(FILE, "a", blob), line(FILE, "a", blob)),
          join(line(FILE, "b", blob), line(FILE, "a", blob)),
          line("140000", "a", blob),
          line("0100644", "a", blob),
          Arrays.copyOf(line(FILE, "a", blob), 15)
        }) {
      var one = new RawPack();
      one.blob("x");
      var tree = one.add(Constants.OBJ_TREE, lines);
      assertThat(push(one.commit(tree), one.bytes(0))).contains("unpack ").contains("ng ");
    }
  }

  @Test
  void givenIdsOfThingsThatDidNotCome_whenPushed_thenTheMissingOneIsNamed() {
    var missingBlob = pack.commit(tree(line(FILE, "a", id(7))));
    var missingTree = pack.commit(id(8));
    var wrongType = pack.commit(tree(line(FOLDER, "a", pack.blob("x"))));
    var bytes = pack.bytes(0);

    assertThat(push(missingBlob, bytes)).contains(id(7).name());
    assertThat(push(missingTree, bytes)).contains(id(8).name());
    assertThat(push(id(9), bytes)).contains("ng refs/heads/raw");
    assertThat(push(wrongType, bytes)).contains("ng refs/heads/raw");
  }

  @Test
  void givenNoPushAtAll_whenPosted_thenItIsABadRequestOrNothing() {
    for (var body : new String[] {"", "zzzz", "0000", "0010not a command", "001", "00000000"}) {
      var answer = post(body.getBytes(UTF_8));
      assertThat(answer.statusCode()).as(body).isLessThan(500);
    }
  }

  private ObjectId tree(byte[]... lines) {
    return pack.add(Constants.OBJ_TREE, join(lines));
  }

  private static ObjectId id(int digit) {
    return ObjectId.fromString(Integer.toString(digit).repeat(40));
  }

  /** The text of the answer with all its frames. */
  private String push(ObjectId id, byte[] bytes) {
    var answer = post(RawPack.push("refs/heads/raw", id, bytes));
    assertThat(answer.statusCode()).isLessThan(500);
    return new String(answer.body(), ISO_8859_1);
  }

  private HttpResponse<byte[]> post(byte[] body) {
    return stand.hub.send(
        "POST",
        "/ann/m/git-receive-pack",
        body,
        "Authorization",
        "Bearer " + stand.ann,
        "Content-Type",
        "application/x-git-receive-pack-request");
  }

  /** The refs and the number of packs. */
  private String state() {
    var refs = stand.hub.get("/ann/m/info/refs?service=git-receive-pack", stand.ann).body();
    long packs =
        stand.hub.database.read(
            db ->
                db.createGet("SELECT count(*) AS n FROM hub_git_pack")
                    .execute()
                    .map(row -> Columns.longOf(row, "n"))
                    .orElseThrow());
    return new String(refs, UTF_8) + packs;
  }
}
