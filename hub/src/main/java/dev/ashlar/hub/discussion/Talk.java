package dev.ashlar.hub.discussion;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Conflict;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.discussion.Event.Comment;
import dev.ashlar.metadata.Database;
import io.helidon.dbclient.DbTransaction;
import java.time.InstantSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Changes to discussions, one transaction each. Whether the user may was decided before; whether
 * the change fits the state of the discussion is decided here, with its row locked.
 */
final class Talk {
  private final Database database;
  private final InstantSource clock;

  Talk(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /** Opens a discussion that is no pull request, and returns its number. */
  int open(long repoId, long userId, String title, String description) {
    return database.<Integer>transact(
        tx -> {
          int num = DiscussionRows.nextNum(tx, repoId);
          var now = clock.instant();
          DiscussionRows.openedBy(tx, repoId, userId, now.minus(Limits.OPENING_WINDOW))
              .requireRoom();
          long id = DiscussionRows.insert(tx, repoId, num, title, Status.OPEN, false, userId, now);
          comment(tx, id, userId, description);
          return num;
        });
  }

  Event comment(Discussion discussion, long userId, String raw) {
    return database.<Event>transact(
        tx -> {
          Limits.requireTalk(DiscussionRows.lock(tx, discussion.id()), Texts.bytes(raw));
          return comment(tx, discussion.id(), userId, raw);
        });
  }

  /** Adds a comment inside of another change. */
  Event comment(DbTransaction tx, long discussionId, long userId, String raw) {
    DiscussionRows.grow(tx, discussionId, 1, Texts.bytes(raw));
    return EventRows.comment(tx, discussionId, userId, raw, clock.instant());
  }

  /** Gives a comment another text. */
  Event edit(Discussion discussion, long userId, Comment comment, String raw) {
    return change(
        discussion,
        comment.id(),
        tx -> {
          Limits.requireTalk(DiscussionRows.lock(tx, discussion.id()), Texts.bytes(raw));
          if (comment(tx, discussion, comment.id()).isHidden()) {
            throw new ProblemException(new Conflict("The comment is hidden."));
          }
          EventRows.version(tx, comment.id(), userId, raw, clock.instant());
          DiscussionRows.grow(tx, discussion.id(), 1, Texts.bytes(raw));
        });
  }

  /** Forgets what a comment said; a second time changes nothing. */
  Event hide(Discussion discussion, Comment comment) {
    return change(
        discussion,
        comment.id(),
        tx -> {
          DiscussionRows.lock(tx, discussion.id());
          EventRows.hide(tx, comment.id());
        });
  }

  private Event change(Discussion discussion, long eventId, Consumer<DbTransaction> work) {
    return database.<Event>transact(
        tx -> {
          work.accept(tx);
          return comment(tx, discussion, eventId);
        });
  }

  /** The comment of this id in the discussion. */
  Comment find(Discussion discussion, long eventId) {
    return database.<Comment>transact(tx -> comment(tx, discussion, eventId));
  }

  private static Comment comment(DbTransaction tx, Discussion discussion, long eventId) {
    return EventRows.find(tx, discussion.id(), eventId)
        .filter(Comment.class::isInstance)
        .map(Comment.class::cast)
        .orElseThrow(() -> new ProblemException(new Missing(Kind.COMMENT, Event.hexId(eventId))));
  }

  Event retitle(long repoId, Discussion discussion, long userId, String title) {
    return database.<Event>transact(
        tx -> {
          Limits.requireTalk(DiscussionRows.lock(tx, discussion.id()), 0);
          var now = DiscussionRows.require(tx, repoId, discussion.num());
          DiscussionRows.setTitle(tx, now.id(), title);
          return note(
              tx, now.id(), "title-change", userId, Map.of("from", now.title(), "to", title));
        });
  }

  /** Opens or closes; the comment may be empty. */
  Event setStatus(long repoId, Discussion discussion, long userId, Status next, String comment) {
    return database.<Event>transact(
        tx -> {
          var size = DiscussionRows.lock(tx, discussion.id());
          var now = DiscussionRows.require(tx, repoId, discussion.num());
          now.status().requireChangeTo(next);
          Limits.requireEvent(size);
          if (now.status() == Status.CLOSED && now.isBy(userId)) {
            DiscussionRows.lockNumbers(tx, repoId);
            DiscussionRows.openedBy(tx, repoId, userId, clock.instant()).requireOpen();
          }
          if (!comment.isBlank()) {
            Limits.requireTalk(size, Texts.bytes(comment));
            comment(tx, discussion.id(), userId, comment);
          }
          return status(tx, discussion.id(), userId, next);
        });
  }

  /** Sets the status inside of another change. */
  Event status(DbTransaction tx, long discussionId, long userId, Status next) {
    DiscussionRows.setStatus(tx, discussionId, next);
    return note(tx, discussionId, "status-change", userId, Map.of("status", next.word()));
  }

  /** Adds an event that is no comment inside of another change. */
  Event note(DbTransaction tx, long discussionId, String kind, long userId, Map<String, ?> detail) {
    DiscussionRows.grow(tx, discussionId, 1, 0);
    return EventRows.note(tx, discussionId, kind, OptionalLong.of(userId), detail, clock.instant());
  }
}
