package dev.ashlar.hub.tree;

import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.account.Caller;
import dev.ashlar.hub.repo.Visit;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.PersonIdent;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.lib.TagBuilder;
import org.eclipse.jgit.lib.TreeFormatter;

/** Moves refs by compare-and-set, and makes the small objects that refs may point at. */
public final class RefChanges {
  private final Repository repo;
  private final Visit visit;

  /** Changes the refs of an open repository in the name of its visitor. */
  public RefChanges(Repository repo, Visit visit) {
    this.repo = repo;
    this.visit = visit;
  }

  /** Who makes the commits and tags of a visit, at this moment. */
  public static PersonIdent author(Visit visit) {
    return switch (visit.caller()) {
      case Caller.SignedIn(var user, var _, var _) ->
          new PersonIdent(user.name(), user.commitEmail(), Instant.now(), ZoneOffset.UTC);
      case Caller.Anonymous() -> throw new IllegalStateException("strangers change nothing");
    };
  }

  /** Points a ref, which may not have moved since, at another object. */
  public void move(String ref, ObjectId old, ObjectId target) throws IOException {
    if (old.equals(ObjectId.zeroId()) && repo.getRefDatabase().isNameConflicting(ref)) {
      throw new ProblemException(
          new Conflict("Reference " + ref + " conflicts with the name of another one"));
    }
    if (!tryMove(ref, old, target)) {
      throw lostRace(ref);
    }
  }

  /** Points a ref at another object unless it has moved since. */
  public boolean tryMove(String ref, ObjectId old, ObjectId target) throws IOException {
    var update = update(ref, old);
    update.setNewObjectId(target);
    return isDone(update, update.forceUpdate());
  }

  /** Deletes a ref that may not have moved since. */
  public void delete(String ref, ObjectId old) throws IOException {
    var update = update(ref, old);
    if (!isDone(update, update.delete())) {
      throw lostRace(ref);
    }
  }

  private RefUpdate update(String ref, ObjectId old) throws IOException {
    var update = repo.updateRef(ref, true);
    update.setExpectedOldObjectId(old);
    update.setForceUpdate(true);
    update.setRefLogIdent(author(visit));
    return update;
  }

  private static boolean isDone(RefUpdate update, RefUpdate.Result result) throws IOException {
    return switch (result) {
      case NEW, FORCED, FAST_FORWARD, NO_CHANGE -> true;
      case LOCK_FAILURE -> false;
      case NOT_ATTEMPTED,
          REJECTED,
          REJECTED_CURRENT_BRANCH,
          REJECTED_MISSING_OBJECT,
          REJECTED_OTHER_REASON,
          RENAMED,
          IO_FAILURE ->
          throw new IOException("ref " + update.getName() + " was not moved: " + result);
    };
  }

  /** The problem of a ref that another request has moved meanwhile. */
  public static ProblemException lostRace(String ref) {
    return new ProblemException(
        new Conflict("Reference " + ref + " was changed meanwhile. Please try again."));
  }

  /** A commit without parents. */
  public ObjectId orphan(ObjectId tree, String message) throws IOException {
    var author = author(visit);
    var commit = new CommitBuilder();
    commit.setTreeId(tree);
    commit.setAuthor(author);
    commit.setCommitter(author);
    commit.setMessage(message);
    return insert(inserter -> inserter.insert(commit));
  }

  /** A commit without parents and without files. */
  public ObjectId emptyCommit(String message) throws IOException {
    return orphan(insert(inserter -> inserter.insert(new TreeFormatter())), message);
  }

  /** An annotated tag. */
  public ObjectId annotation(String name, ObjectId commit, String message) throws IOException {
    var tag = new TagBuilder();
    tag.setTag(name);
    tag.setObjectId(commit, Constants.OBJ_COMMIT);
    tag.setTagger(author(visit));
    tag.setMessage(message);
    return insert(inserter -> inserter.insert(tag));
  }

  @FunctionalInterface
  private interface Insertion {
    ObjectId into(ObjectInserter inserter) throws IOException;
  }

  private ObjectId insert(Insertion insertion) throws IOException {
    try (var inserter = repo.newObjectInserter()) {
      var id = insertion.into(inserter);
      inserter.flush();
      return id;
    }
  }
}
