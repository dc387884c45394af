package dev.ashlar.hub.smart;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PacketLineIn;
import org.eclipse.jgit.transport.PacketLineOut;

/**
 * Turns {@code git fetch --deepen=N} into {@code --depth}: JGit serves only the latter. The depth
 * that the client has is the longest way from what it wants to one of its shallow commits. The
 * lines were checked by {@link FetchLines}.
 */
final class RelativeDepth {
  static final String RELATIVE = "deepen-relative";
  private static final String DEEPEN = "deepen ";
  private static final String SHALLOW = "shallow ";
  private static final String WANT = "want ";
  private static final int COMMITS_MAX = 1_000_000;

  private RelativeDepth() {}

  /** The request of protocol version 2 without a relative depth. */
  static InputStream resolved(InputStream request, Repository repo) throws IOException {
    return new ByteArrayInputStream(absolute(read(request), repo));
  }

  private static byte[] absolute(List<String> lines, Repository repo) throws IOException {
    int more = 0;
    Set<ObjectId> shallow = new HashSet<>();
    List<ObjectId> wants = new ArrayList<>();
    for (var line : lines) {
      if (line.startsWith(DEEPEN)) {
        more = Integer.parseInt(line.substring(DEEPEN.length()));
      } else if (line.startsWith(SHALLOW)) {
        shallow.add(ObjectId.fromString(line.substring(SHALLOW.length())));
      } else if (line.startsWith(WANT)) {
        wants.add(ObjectId.fromString(line.substring(WANT.length())));
      }
    }
    int present = depth(repo, wants, shallow);
    return write(lines, present == 0 ? 0 : Math.min((long) present + more, Integer.MAX_VALUE));
  }

  private static List<String> read(InputStream request) throws IOException {
    var lines = new ArrayList<String>();
    var in = new PacketLineIn(request);
    String line;
    do {
      line = in.readString();
      lines.add(line);
    } while (!PacketLineIn.isEnd(line));
    return lines;
  }

  /** The lines with this depth; 0 asks for whole histories. */
  private static byte[] write(List<String> lines, long depth) throws IOException {
    var bytes = new ByteArrayOutputStream();
    var out = new PacketLineOut(bytes);
    for (var line : lines) {
      if (PacketLineIn.isEnd(line)) {
        out.end();
      } else if (PacketLineIn.isDelimiter(line)) {
        out.writeDelim();
      } else if (line.startsWith(DEEPEN)) {
        if (depth > 0) {
          out.writeString(DEEPEN + depth);
        }
      } else if (!line.equals(RELATIVE)) {
        out.writeString(line);
      }
    }
    return bytes.toByteArray();
  }

  /** How many commits of each line of history the client has; 0 when it misses none. */
  private static int depth(Repository repo, List<ObjectId> wants, Set<ObjectId> shallow)
      throws IOException {
    try (var walk = new RevWalk(repo)) {
      walk.setRetainBody(false);
      Set<RevCommit> seen = new HashSet<>();
      var level = commits(walk, wants, seen);
      int found = 0;
      for (int depth = 1; !level.isEmpty() && seen.size() < COMMITS_MAX; depth++) {
        var next = new ArrayList<RevCommit>();
        for (var commit : level) {
          if (shallow.contains(commit)) {
            found = depth;
          } else {
            for (var parent : commit.getParents()) {
              if (seen.add(parent)) {
                walk.parseHeaders(parent);
                next.add(parent);
              }
            }
          }
        }
        level = next;
      }
      return found;
    }
  }

  private static List<RevCommit> commits(RevWalk walk, List<ObjectId> wants, Set<RevCommit> seen)
      throws IOException {
    var commits = new ArrayList<RevCommit>();
    for (var want : wants) {
      try {
        var commit = walk.parseCommit(want);
        if (seen.add(commit)) {
          commits.add(commit);
        }
      } catch (IncorrectObjectTypeException | MissingObjectException _) {
        // what is wanted of these is decided by the fetch itself
      }
    }
    return commits;
  }
}
