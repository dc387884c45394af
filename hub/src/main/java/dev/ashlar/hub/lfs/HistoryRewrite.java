package dev.ashlar.hub.lfs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevTag;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Writes commits and annotated tags anew over trees without certain files.
 *
 * <p>An object changes only as far as it must: tree and parents of a commit, the target of a tag.
 * Everything else stays byte for byte, but signatures, which would not hold any more, are left out.
 * What reaches none of the files keeps its id.
 */
final class HistoryRewrite {
  private static final int COMMITS_MAX = 1_000_000;
  private static final byte[] SIGNATURE = "-----BEGIN ".getBytes(UTF_8);

  private final ObjectReader reader;
  private final RevWalk walk;
  private final ObjectInserter inserter;
  private final TreeWithout trees;
  private final Map<ObjectId, ObjectId> done = new HashMap<>();

  HistoryRewrite(ObjectReader reader, ObjectInserter inserter, TreeWithout trees) {
    this.reader = reader;
    this.walk = new RevWalk(reader);
    this.inserter = inserter;
    this.trees = trees;
  }

  /** What takes the place of a commit or tag; the same id if nothing changes. */
  ObjectId of(ObjectId id) throws IOException {
    var tags = new ArrayDeque<RevTag>(); // tags of tags may be as many as commits
    var object = walk.parseAny(id);
    while (object instanceof RevTag tag && !done.containsKey(tag)) {
      tags.push(tag);
      requireRoom(tags.size());
      object = walk.parseAny(tag.getObject());
    }
    var target =
        switch (object) {
          case RevCommit commit -> commit(commit);
          case RevTag tag -> known(tag);
          default -> object.copy();
        };
    while (!tags.isEmpty()) {
      var tag = tags.pop();
      target = anew(tag, target);
      done.put(tag.copy(), target);
    }
    return target;
  }

  /** Parents come first; histories are too long for a stack of calls. */
  private ObjectId commit(RevCommit head) throws IOException {
    var waiting = new ArrayDeque<RevCommit>();
    waiting.push(head);
    while (!waiting.isEmpty()) {
      var commit = waiting.peek();
      if (done.containsKey(commit)) {
        waiting.pop();
        continue;
      }
      walk.parseHeaders(commit);
      boolean ready = true;
      for (var parent : commit.getParents()) {
        if (!done.containsKey(parent)) {
          waiting.push(parent);
          ready = false;
        }
      }
      if (ready) {
        waiting.pop();
        done.put(commit.copy(), anew(commit));
      }
      requireRoom(0);
    }
    return known(head);
  }

  private void requireRoom(int more) {
    if (done.size() + more > COMMITS_MAX) {
      throw new ProblemException(new OverLimit("the commits and tags of a history", COMMITS_MAX));
    }
  }

  private ObjectId known(ObjectId old) {
    var id = done.get(old);
    if (id == null) {
      throw new IllegalStateException("not written yet: " + old);
    }
    return id;
  }

  private ObjectId anew(RevCommit commit) throws IOException {
    var replaced = new HashMap<String, String>();
    var tree = trees.root(commit.getTree());
    if (!tree.equals(commit.getTree())) {
      replaced.put("tree " + commit.getTree().name(), "tree " + tree.name());
    }
    for (var parent : commit.getParents()) {
      if (!known(parent).equals(parent)) {
        replaced.put("parent " + parent.name(), "parent " + known(parent).name());
      }
    }
    if (replaced.isEmpty()) {
      return commit.copy();
    }
    var raw = reader.open(commit, Constants.OBJ_COMMIT).getBytes();
    return inserter.insert(Constants.OBJ_COMMIT, edited(raw, replaced, raw.length));
  }

  private ObjectId anew(RevTag tag, ObjectId target) throws IOException {
    if (target.equals(tag.getObject())) {
      return tag.copy();
    }
    var raw = reader.open(tag, Constants.OBJ_TAG).getBytes();
    var line = Map.of("object " + tag.getObject().name(), "object " + target.name());
    return inserter.insert(Constants.OBJ_TAG, edited(raw, line, signature(raw)));
  }

  /** The bytes up to {@code end} with some header lines replaced, and without signatures. */
  private static byte[] edited(byte[] raw, Map<String, String> replaced, int end) {
    var out = new ByteArrayOutputStream(raw.length);
    int at = 0;
    boolean isSkipped = false;
    while (at < end && raw[at] != '\n') {
      int next = at;
      while (next < end && raw[next] != '\n') {
        next++;
      }
      var line = new String(raw, at, next - at, UTF_8);
      isSkipped = line.startsWith(" ") ? isSkipped : isSignature(line);
      var other = replaced.get(line);
      if (other != null) {
        out.writeBytes((other + "\n").getBytes(UTF_8));
      } else if (!isSkipped) {
        out.write(raw, at, Math.min(next + 1, end) - at);
      }
      at = next + 1;
    }
    out.write(raw, Math.min(at, end), end - Math.min(at, end));
    return out.toByteArray();
  }

  private static boolean isSignature(String line) {
    return line.startsWith("gpgsig ")
        || line.startsWith("gpgsig-sha256 ")
        || line.startsWith("mergetag ");
  }

  /** Where the signature begins that a tag ends with, or the end. */
  private static int signature(byte[] raw) {
    for (int at = 0; at + SIGNATURE.length < raw.length; at++) {
      boolean isLine = at > 0 && raw[at - 1] == '\n';
      if (isLine && Arrays.equals(raw, at, at + SIGNATURE.length, SIGNATURE, 0, SIGNATURE.length)) {
        return at;
      }
    }
    return raw.length;
  }
}
