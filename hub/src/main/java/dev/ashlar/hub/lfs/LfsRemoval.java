package dev.ashlar.hub.lfs;

import dev.ashlar.core.hash.Sha256;
import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.tree.BlobShapes;
import dev.ashlar.metadata.AwaitedFiles;
import dev.ashlar.metadata.Holds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.ReceiveCommand;

/**
 * Takes LFS objects away from a repository for good: its hold on them, and, if asked, the files in
 * all commits of all refs. All refs move and the holds end in one transaction; when another update
 * comes in between, everything is worked out again. What commits go on naming is awaited.
 */
final class LfsRemoval {
  private static final int ATTEMPTS_MAX = 5;

  private final BlobShapes shapes;

  LfsRemoval(BlobShapes shapes) {
    this.shapes = shapes;
  }

  void remove(HubRepository repository, Set<Sha256> oids, boolean rewritesHistory)
      throws IOException {
    long repoId = repository.repoId();
    repository.whenPublished(
        tx -> {
          if (rewritesHistory) {
            Holds.drop(tx, repoId, oids);
            LfsFileRows.remove(tx, repoId, oids);
          } else {
            AwaitedFiles.letGo(tx, repoId, oids); // the list shows those that come again
          }
        });
    if (rewritesHistory) {
      repository.rewriteHistory();
    }
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      var moves = rewritesHistory ? rewritten(repository, oids) : List.<ReceiveCommand>of();
      if (moves.isEmpty()) {
        repository.publishUnmoved();
        return;
      }
      if (move(repository, moves)) {
        return;
      }
      repository.getRefDatabase().refresh();
    }
    throw new ProblemException(
        new Conflict("The repository was changed meanwhile. Please try again."));
  }

  /** The refs that change, after their new objects were written. */
  private List<ReceiveCommand> rewritten(HubRepository repository, Set<Sha256> oids)
      throws IOException {
    var moves = new ArrayList<ReceiveCommand>();
    try (var reader = repository.newObjectReader();
        var inserter = repository.newObjectInserter()) {
      var trees = new TreeWithout(reader, inserter, shapes, repository.repoId(), oids);
      var history = new HistoryRewrite(reader, inserter, trees);
      for (var ref : repository.getRefDatabase().getRefs()) {
        var old = ref.getObjectId();
        if (!ref.isSymbolic() && old != null) {
          ObjectId anew = history.of(old);
          if (!anew.equals(old)) {
            moves.add(new ReceiveCommand(old.copy(), anew, ref.getName()));
          }
        }
      }
      inserter.flush();
    }
    return moves;
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
