package dev.ashlar.hub.lfs;

import static org.eclipse.jgit.lib.Constants.R_HEADS;
import static org.eclipse.jgit.lib.Constants.R_TAGS;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Busy;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.repo.Repo;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.metadata.AwaitedFiles;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Gatherers;
import org.eclipse.jgit.errors.IncorrectObjectTypeException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevFlag;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Finds the LFS objects of all commits of all refs. What was found stays in the database with the
 * commits that were looked through, so the next look sees only what is new. Every folder is read
 * once a look, however many commits share it.
 */
final class LfsHistory {
  private static final int OBJECTS_MAX = 2_000_000;
  private static final int DEPTH_MAX = 1_000;
  private static final int ROWS_AT_ONCE = 1_000;
  private static final int AT_ONCE = 2;
  private static final Duration TURN_MAX = Duration.ofSeconds(30);

  private final Database database;
  private final BlobShapes shapes;
  private final Semaphore turns = new Semaphore(AT_ONCE);

  LfsHistory(Database database, BlobShapes shapes) {
    this.database = database;
    this.shapes = shapes;
  }

  /** Notes the objects of all commits that were not looked through yet. */
  void catchUp(HubRepository repository, Repo repo) throws IOException {
    var tips = tips(repository, repo);
    var scanned = database.<Set<ObjectId>>read(db -> LfsFileRows.scanned(db, repo.id()));
    if (scanned.equals(Set.copyOf(tips.values()))) {
      return;
    }
    takeTurn();
    try (var reader = repository.newObjectReader();
        var walk = new RevWalk(reader)) {
      new Look(reader, walk, repo.id()).at(tips, scanned);
    } finally {
      turns.release();
    }
  }

  private void takeTurn() {
    try {
      if (!turns.tryAcquire(TURN_MAX.toSeconds(), TimeUnit.SECONDS)) {
        throw new ProblemException(new Busy("other histories are looked through", TURN_MAX));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new ProblemException(new Busy("the server stops", TURN_MAX));
    }
  }

  /** The objects that refs point at, by their names: the default branch first, then branches. */
  private static Map<String, ObjectId> tips(HubRepository repository, Repo repo)
      throws IOException {
    var main = R_HEADS + repo.defaultBranch();
    var refs = new ArrayList<Ref>();
    for (var ref : repository.getRefDatabase().getRefs()) {
      if (!ref.isSymbolic() && ref.getObjectId() != null) {
        refs.add(ref);
      }
    }
    refs.sort(
        Comparator.comparing((Ref ref) -> !ref.getName().equals(main))
            .thenComparing(ref -> !ref.getName().startsWith(R_HEADS))
            .thenComparing(ref -> !ref.getName().startsWith(R_TAGS))
            .thenComparing(Ref::getName));
    var tips = new LinkedHashMap<String, ObjectId>();
    for (var ref : refs) {
      var peeled = repository.getRefDatabase().peel(ref);
      var id = peeled.getPeeledObjectId() == null ? ref.getObjectId() : peeled.getPeeledObjectId();
      tips.put(ref.getName(), id.copy());
    }
    return tips;
  }

  /** One look at a repository. */
  private final class Look {
    private final ObjectReader reader;
    private final RevWalk walk;
    private final RevFlag known;
    private final long repoId;
    private final Set<ObjectId> seen = new HashSet<>();
    private final Map<Sha256, LfsFile> found = new HashMap<>();

    Look(ObjectReader reader, RevWalk walk, long repoId) {
      this.reader = reader;
      this.walk = walk;
      walk.setRetainBody(false);
      this.known = walk.newFlag("known");
      this.repoId = repoId;
    }

    void at(Map<String, ObjectId> tips, Set<ObjectId> scanned) throws IOException {
      for (var tip : scanned) {
        newCommits(tip);
      }
      for (var tip : tips.entrySet()) {
        for (var commit : newCommits(tip.getValue())) {
          var time = Instant.ofEpochSecond(commit.getCommitTime());
          tree(commit.getTree(), "", tip.getKey(), time, 0);
        }
        store(tip.getKey());
      }
      database.change(tx -> LfsFileRows.scanned(tx, repoId, Set.copyOf(tips.values())));
    }

    /** The commits below a tip that were not met before, the oldest first. */
    private List<RevCommit> newCommits(ObjectId tip) throws IOException {
      var fresh = new ArrayList<RevCommit>();
      var waiting = new ArrayDeque<RevCommit>();
      commit(tip).ifPresent(waiting::push);
      while (!waiting.isEmpty()) {
        var commit = waiting.pop();
        if (!commit.has(known)) {
          isSeen(commit);
          commit.add(known);
          walk.parseHeaders(commit);
          fresh.add(commit);
          for (var parent : commit.getParents()) {
            waiting.push(parent);
          }
        }
      }
      fresh.sort(Comparator.comparingInt(RevCommit::getCommitTime));
      return fresh;
    }

    private Optional<RevCommit> commit(ObjectId id) throws IOException {
      try {
        return Optional.of(walk.parseCommit(id));
      } catch (MissingObjectException | IncorrectObjectTypeException _) {
        return Optional.empty(); // a tag of something else, or a commit that is gone
      }
    }

    private void tree(ObjectId id, String folder, String ref, Instant time, int depth)
        throws IOException {
      if (isSeen(id)) {
        return;
      }
      if (depth > DEPTH_MAX) {
        throw new ProblemException(new OverLimit("the depth of folders", DEPTH_MAX));
      }
      var entries = new CanonicalTreeParser();
      entries.reset(reader.open(id, Constants.OBJ_TREE).getCachedBytes());
      for (; !entries.eof(); entries.next()) {
        var mode = entries.getEntryFileMode();
        if (mode.equals(FileMode.TREE)) {
          var below = folder + entries.getEntryPathString() + "/";
          tree(entries.getEntryObjectId(), below, ref, time, depth + 1);
        } else if (mode.getObjectType() == Constants.OBJ_BLOB
            && !isSeen(entries.getEntryObjectId())) {
          var path = folder + entries.getEntryPathString();
          shapes.of(reader, repoId, entries.getEntryObjectId()).pointer().stream()
              .map(pointer -> new LfsFile(pointer.oid(), pointer.bytes(), path, ref, time))
              .forEach(file -> found.putIfAbsent(file.oid(), file));
        }
      }
    }

    private boolean isSeen(ObjectId id) {
      if (!seen.add(id)) {
        return true;
      }
      if (seen.size() > OBJECTS_MAX) {
        throw new ProblemException(new OverLimit("the objects of a history", OBJECTS_MAX));
      }
      return false;
    }

    /** A pointer without bytes is no object of the repository, unless they may come again. */
    private void store(String ref) {
      found.values().stream()
          .gather(Gatherers.windowFixed(ROWS_AT_ONCE))
          .forEach(some -> database.change(tx -> store(tx, ref, some)));
      found.clear();
    }

    private void store(DbTransaction tx, String ref, List<LfsFile> some) {
      var oids = some.stream().map(LfsFile::oid).toList();
      var named = AwaitedFiles.orHeld(tx, repoId, oids);
      var there = some.stream().filter(file -> named.contains(file.oid())).toList();
      LfsFileRows.add(tx, repoId, ref, there);
    }
  }
}
