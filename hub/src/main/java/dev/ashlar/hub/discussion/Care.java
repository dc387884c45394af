package dev.ashlar.hub.discussion;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.Problem.OverLimit;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.discussion.Discussion.Pull;
import dev.ashlar.hub.discussion.Event.Comment;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.util.Map;

/** Changes around what was said, one transaction each, with the discussion's row locked. */
final class Care {
  private final Database database;
  private final Talk talk;

  Care(Database database, Talk talk) {
    this.database = database;
    this.talk = talk;
  }

  /** Adds or takes back a reaction of this user; a second time changes nothing. */
  Event react(Discussion discussion, long eventId, long userId, String reaction, boolean isAdded) {
    return database.<Event>transact(
        tx -> {
          DiscussionRows.lock(tx, discussion.id());
          var comment = comment(tx, discussion, eventId);
          if (!isAdded) {
            ReactionRows.remove(tx, eventId, reaction, userId);
          } else if (comment.isHidden()) {
            throw new ProblemException(new Conflict("The comment is hidden."));
          } else if (ReactionRows.others(tx, eventId, reaction) >= Limits.REACTIONS_MAX) {
            throw new ProblemException(
                new OverLimit(
                    "the number of different reactions to a comment", Limits.REACTIONS_MAX));
          } else {
            ReactionRows.add(tx, eventId, reaction, userId);
          }
          return comment(tx, discussion, eventId);
        });
  }

  private static Comment comment(DbTransaction tx, Discussion discussion, long eventId) {
    return EventRows.find(tx, discussion.id(), eventId)
        .filter(Comment.class::isInstance)
        .map(Comment.class::cast)
        .orElseThrow(() -> new ProblemException(new Missing(Kind.COMMENT, Event.hexId(eventId))));
  }

  /** Pins or unpins; what is so already stays without an event. */
  void pin(long repoId, Discussion discussion, long userId, boolean isPinned) {
    database.change(
        tx -> {
          var size = DiscussionRows.lock(tx, discussion.id());
          if (DiscussionRows.require(tx, repoId, discussion.num()).isPinned() != isPinned) {
            Limits.requireEvent(size);
            DiscussionRows.setPinned(tx, discussion.id(), isPinned);
            talk.note(tx, discussion.id(), "pinning-change", userId, Map.of("pinned", isPinned));
          }
        });
  }

  /** Makes an open pull request one for another branch. */
  Event rebase(long repoId, Discussion discussion, long userId, String base) {
    return database.<Event>transact(
        tx -> {
          Limits.requireTalk(DiscussionRows.lock(tx, discussion.id()), 0);
          var now = DiscussionRows.require(tx, repoId, discussion.num());
          var from = now.pull().map(Pull::base).orElseThrow(Care::noPull);
          now.status().requireOpen();
          if (from.equals(base)) {
            throw new ProblemException(new Conflict("It is for " + base + " already."));
          }
          PullRows.rebase(tx, now.id(), base);
          return talk.note(tx, now.id(), "base-change", userId, Map.of("from", from, "to", base));
        });
  }

  private static ProblemException noPull() {
    return new ProblemException(new Conflict("It is a discussion and no pull request."));
  }
}
