package dev.ashlar.hub.discussion;

import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.discussion.Discussion.Pull;
import dev.ashlar.hub.discussion.PullChanges.Sides;
import dev.ashlar.hub.git.GitRepositories;
import dev.ashlar.hub.git.HubRepository;
import dev.ashlar.hub.repo.PullRef;
import dev.ashlar.hub.repo.Visit;
import dev.ashlar.hub.tree.CommitFiles;
import dev.ashlar.hub.tree.RefChanges;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jgit.lib.CommitBuilder;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Merges pull requests. The branch moves in the transaction that ends the pull request, and only
 * from where it was when the merge was worked out; when it moved meanwhile, all is worked out anew.
 */
final class PullMerge {
  private static final int ATTEMPTS_MAX = 8;
  private static final int NAMED_MAX = 20;

  private final Database database;
  private final GitRepositories repositories;
  private final CommitFiles files;
  private final Talk talk;

  PullMerge(Database database, GitRepositories repositories, CommitFiles files, Talk talk) {
    this.database = database;
    this.repositories = repositories;
    this.files = files;
    this.talk = talk;
  }

  /** Merges in the name of the visitor; the comment may be empty. */
  Event merge(Visit visit, int num, String comment) throws IOException {
    long repoId = visit.repo().id();
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      var discussion = database.<Discussion>read(db -> DiscussionRows.require(db, repoId, num));
      var pull =
          discussion.pull().orElseThrow(() -> conflict("It is a discussion and no pull request."));
      discussion.status().requireMergeable();
      try (var repo = repositories.open(repoId).movedBy(visit.caller().id())) {
        var base =
            PullChanges.base(repo, pull)
                .orElseThrow(() -> conflict("The branch " + pull.base() + " does not exist."));
        var sides = PullChanges.sides(repo, base, pull.head());
        var commit = commit(repo, visit, discussion, sides);
        files.keep(repo, repoId, sides.head());
        var end = new End(visit, discussion, pull, base, commit, comment);
        repo.whenPublished(end);
        if (new RefChanges(repo, visit).tryMove(pull.base(), base, commit)) {
          return end.event.orElseThrow();
        }
      }
    }
    throw RefChanges.lostRace(new PullRef(num).name());
  }

  /** Where the branch will point. */
  private static ObjectId commit(
      HubRepository repo, Visit visit, Discussion discussion, Sides sides) throws IOException {
    if (sides.isNothing()) {
      throw conflict("There is nothing to merge.");
    }
    if (sides.isFastForward()) {
      return sides.head();
    }
    try (var inserter = repo.newObjectInserter()) {
      var merged = PullChanges.merge(repo, sides, inserter::insert);
      if (merged.tree().isEmpty()) {
        throw conflict(inTheWay(merged.conflicts()));
      }
      var author = RefChanges.author(visit);
      var commit = new CommitBuilder();
      commit.setTreeId(merged.tree().get());
      commit.setParentIds(sides.base(), sides.head());
      commit.setAuthor(author);
      commit.setCommitter(author);
      commit.setMessage(
          "%s (#%d)\n\nMerge of refs/pr/%d"
              .formatted(discussion.title(), discussion.num(), discussion.num()));
      var id = inserter.insert(commit);
      inserter.flush();
      return id;
    }
  }

  private static String inTheWay(List<String> files) {
    if (files.isEmpty()) {
      return "Too much has changed on both sides to merge it here.";
    }
    var named = String.join(", ", files.subList(0, Math.min(NAMED_MAX, files.size())));
    return "Both sides changed these files, or named them alike but for case: "
        + named
        + (files.size() > NAMED_MAX ? ", …" : "");
  }

  private static ProblemException conflict(String reason) {
    return new ProblemException(new Conflict(reason));
  }

  /** What a merge does in the transaction that moves the branch. */
  private final class End implements Consumer<DbTransaction> {
    private final Visit visit;
    private final Discussion discussion;
    private final Pull pull;
    private final ObjectId onto;
    private final ObjectId commit;
    private final String comment;
    private Optional<Event> event = Optional.empty();

    End(
        Visit visit,
        Discussion discussion,
        Pull pull,
        ObjectId onto,
        ObjectId commit,
        String comment) {
      this.visit = visit;
      this.discussion = discussion;
      this.pull = pull;
      this.onto = onto;
      this.commit = commit;
      this.comment = comment;
    }

    @Override
    public void accept(DbTransaction tx) {
      long id = discussion.id();
      var size = DiscussionRows.lock(tx, id);
      DiscussionRows.require(tx, visit.repo().id(), discussion.num()).status().requireMergeable();
      if (!PullRows.merge(tx, id, pull, onto, commit)) {
        throw conflict("The pull request was changed meanwhile. Please try again.");
      }
      if (!comment.isBlank()) {
        Limits.requireTalk(size, Texts.bytes(comment));
        talk.comment(tx, id, visit.caller().id(), comment);
      }
      event = Optional.of(talk.status(tx, id, visit.caller().id(), Status.MERGED));
    }
  }
}
