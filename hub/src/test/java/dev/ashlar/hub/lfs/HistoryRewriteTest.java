package dev.ashlar.hub.lfs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.hub.tree.BlobShapes;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.AnyObjectId;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HistoryRewriteTest {
  private static final String OID = "ab".repeat(32);
  private static final int TAGS = 30_000;
  private static final PersonIdent ANN =
      new PersonIdent("ann", "ann@x", Instant.ofEpochSecond(1_700_000_000), ZoneOffset.UTC);

  private final InMemoryRepository git =
      new InMemoryRepository(new DfsRepositoryDescription("test"));

  @AfterEach
  void close() {
    git.close();
  }

  /** A commit of one plain file and one pointer. */
  private static ObjectId commit(ObjectInserter inserter) throws IOException {
    var pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:" + OID + "\nsize 5\n";
    var tree = new TreeFormatter();
    tree.append(
        "a.bin",
        FileMode.REGULAR_FILE,
        inserter.insert(Constants.OBJ_BLOB, pointer.getBytes(UTF_8)));
    tree.append(
        "b.txt",
        FileMode.REGULAR_FILE,
        inserter.insert(Constants.OBJ_BLOB, "text".getBytes(UTF_8)));
    var commit = new CommitBuilder();
    commit.setTreeId(inserter.insert(tree));
    commit.setAuthor(ANN);
    commit.setCommitter(ANN);
    commit.setMessage("files");
    return inserter.insert(commit);
  }

  private static ObjectId tag(ObjectInserter inserter, AnyObjectId target, int type, int number)
      throws IOException {
    var tag = new TagBuilder();
    tag.setObjectId(target, type);
    tag.setTag("t" + number);
    tag.setTagger(ANN);
    tag.setMessage("tag " + number);
    return inserter.insert(tag);
  }

  @Test
  void givenAVeryLongChainOfTags_whenRewritten_thenEachTagIsWrittenAnew() throws IOException {
    ObjectId commit;
    ObjectId middle = ObjectId.zeroId();
    ObjectId last;
    try (var inserter = git.newObjectInserter()) {
      commit = commit(inserter);
      last = tag(inserter, commit, Constants.OBJ_COMMIT, 0);
      for (int i = 1; i < TAGS; i++) {
        last = tag(inserter, last, Constants.OBJ_TAG, i);
        middle = i == TAGS / 2 ? last : middle;
      }
      inserter.flush();
    }

    ObjectId newMiddle;
    ObjectId newLast;
    try (var reader = git.newObjectReader();
        var inserter = git.newObjectInserter()) {
      var trees = new TreeWithout(reader, inserter, new BlobShapes(), 1, Set.of(Sha256.parse(OID)));
      var history = new HistoryRewrite(reader, inserter, trees);
      newMiddle = history.of(middle);
      newLast = history.of(last);
      inserter.flush();
    }

    assertThat(newLast).isNotEqualTo(last);
    try (var walk = new RevWalk(git)) {
      assertThat(length(walk, newLast)).isEqualTo(TAGS);
      assertThat(length(walk, newMiddle)).isEqualTo(TAGS / 2 + 1);
      var anew = walk.parseCommit(newLast);
      assertThat(anew).isNotEqualTo(commit).isEqualTo(walk.parseCommit(newMiddle));
      assertThat(git.open(anew.getTree()).getBytes()).asString(UTF_8).startsWith("100644 b.txt");
    }
  }

  private static int length(RevWalk walk, ObjectId tag) throws IOException {
    int tags = 0;
    var object = walk.parseAny(tag);
    while (object instanceof RevTag next) {
      tags++;
      object = walk.parseAny(next.getObject());
    }
    return tags;
  }
}
