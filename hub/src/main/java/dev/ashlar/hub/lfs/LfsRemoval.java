package dev.ashlar.hub.lfs;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.metadata.AwaitedFiles;
import dev.ashlar.metadata.Holds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Takes LFS objects away from a repository for good: its hold on them, and, if asked, the files in
 * all commits of all refs. All refs move and the holds end in one transaction; when any ref has
 * moved or come meanwhile, everything is worked out again. What commits go on naming is awaited.
 */
final class LfsRemoval {
  private static final int ATTEMPTS_MAX = 5;

  private final BlobShapes shapes;

  LfsRemoval(BlobShapes shapes) {
    this.shapes = shapes;
  }

  void remove(HubRepository repository, Set<Sha256> oids, boolean rewritesHistory)
      throws IOException {
    if (rewritesHistory) {
      removeWithHistory(repository, oids);
      return;
    }
    // The list shows those that come again.
    repository.whenPublished(tx -> AwaitedFiles.letGo(tx, repository.repoId(), oids));
    repository.publishUnmoved();
  }

  private void removeWithHistory(HubRepository repository, Set<Sha256> oids) throws IOException {
    long repoId = repository.repoId();
    var without = new AtomicReference<>(Map.<String, ObjectId>of());
    repository.whenPublished(
        tx -> {
          if (!GitRepositories.refs(tx, repoId).equals(without.get())) {
            throw new Overtaken();
          }
          Holds.drop(tx, repoId, oids);
          LfsFileRows.remove(tx, repoId, oids);
        });
    repository.rewriteHistory();
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      var anew = rewritten(repository, oids);
      without.set(anew.refs());
      if (publish(repository, anew.moves())) {
        return;
      }
      repository.getRefDatabase().refresh();
    }
    throw new ProblemException(
        new Conflict("The repository was changed meanwhile. Please try again."));
  }

  private static boolean publish(HubRepository repository, List<ReceiveCommand> moves)
      throws IOException {
    try {
      if (!moves.isEmpty()) {
        return move(repository, moves);
      }
      repository.publishUnmoved();
      return true;
    } catch (Overtaken _) {
      return false;
    }
  }

  /** Undoes an update: a ref that it leaves alone has not been looked through as it is now. */
  private static final class Overtaken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private Overtaken() {
      super("a ref has moved or come meanwhile", null, false, false);
    }
  }

  /** Where all refs shall point, and the moves that bring them there. */
  private record Rewritten(Map<String, ObjectId> refs, List<ReceiveCommand> moves) {}

  /** The refs as they shall be, after their new objects were written. */
  private Rewritten rewritten(HubRepository repository, Set<Sha256> oids) throws IOException {
    var refs = new HashMap<String, ObjectId>();
    var moves = new ArrayList<ReceiveCommand>();
    try (var reader = repository.newObjectReader();
        var inserter = repository.newObjectInserter()) {
      var trees = new TreeWithout(reader, inserter, shapes, repository.repoId(), oids);
      var history = new HistoryRewrite(reader, inserter, trees);
      for (var ref : repository.getRefDatabase().getRefs()) {
        var old = ref.getObjectId();
        if (!ref.isSymbolic() && old != null) {
          ObjectId anew = history.of(old);
          refs.put(ref.getName(), anew.copy());
          if (!anew.equals(old)) {
            moves.add(new ReceiveCommand(old.copy(), anew, ref.getName()));
          }
        }
      }
      inserter.flush();
    }
    return new Rewritten(refs, moves);
  }

  private static boolean move(HubRepository repository, List<ReceiveCommand> moves)
      throws IOException {
    try (var walk = new RevWalk(repository)) {
      var batch = repository.getRefDatabase().newBatchUpdate();
      batch.setAllowNonFastForwards(true);
      batch.addCommand(moves);
      batch.execute(walk, NullProgressMonitor.INSTANCE);
    }
    for (var move : moves) {
      switch (move.getResult()) {
        case OK -> {}
        case LOCK_FAILURE, REJECTED_OTHER_REASON -> {
          return false;
        }
        default ->
            throw new IOException(
                "ref " + move.getRefName() + " was not moved: " + move.getResult());
      }
    }
    return true;
  }
}
