package dev.ashlar.hub.discussion;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.intOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.optional;
import static dev.ashlar.metadata.Columns.textOf;
import static dev.ashlar.metadata.Columns.time;

import dev.ashlar.core.problem.Kind;
import dev.ashlar.core.problem.Problem.Missing;
import dev.ashlar.core.problem.ProblemException;
import dev.ashlar.hub.discussion.Discussion.Author;
import dev.ashlar.hub.discussion.Discussion.Merged;
import dev.ashlar.hub.discussion.Discussion.Pull;
import dev.ashlar.hub.discussion.Limits.Opened;
import dev.ashlar.hub.discussion.Limits.Size;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;

/** The tables of discussions and their numbers. */
final class DiscussionRows {
  /** The columns that {@link #discussion} needs, and the tables they come from. */
  static final String SELECT =
      """
      SELECT d.id, d.num, d.title, d.status, d.is_pull, d.author_id, n.name AS author,
             d.created_at, d.pinned, p.base, p.head, p.merged_onto, p.merge_commit
        FROM hub_discussion d
        LEFT JOIN hub_namespace n ON n.id = d.author_id
        LEFT JOIN hub_pull p ON p.discussion_id = d.id
      """;

  private static final String BY_NUMBER = SELECT + " WHERE d.repo_id = :repo AND d.num = :num";
  private static final String LOCK =
      "SELECT event_count, text_bytes FROM hub_discussion WHERE id = :id FOR UPDATE";
  private static final String PULL_OF_AUTHOR =
      """
      SELECT 1 AS found FROM hub_discussion
       WHERE repo_id = :repo AND num = :num AND is_pull AND author_id = :author
      """;
  private static final String LAST =
      "SELECT last_num FROM hub_discussion_count WHERE repo_id = :repo";
  private static final String NEXT =
      """
      INSERT INTO hub_discussion_count (repo_id, last_num) VALUES (:repo, 1)
      ON CONFLICT (repo_id) DO UPDATE SET last_num = hub_discussion_count.last_num + 1
      RETURNING last_num
      """;
  private static final String LOCK_NUMBERS =
      "SELECT last_num FROM hub_discussion_count WHERE repo_id = :repo FOR UPDATE";
  private static final String INSERT =
      """
      INSERT INTO hub_discussion (repo_id, num, title, status, is_pull, author_id, created_at)
      VALUES (:repo, :num, :title, :status, :pull, :author, :now)
      RETURNING id
      """;
  private static final String TITLE = "UPDATE hub_discussion SET title = :title WHERE id = :id";
  private static final String STATUS = "UPDATE hub_discussion SET status = :status WHERE id = :id";
  private static final String PINNED = "UPDATE hub_discussion SET pinned = :pinned WHERE id = :id";
  private static final String DELETE = "DELETE FROM hub_discussion WHERE id = :id";
  private static final String OPENED =
      """
      SELECT count(*) FILTER (WHERE status IN ('draft', 'open')) AS open,
             count(*) FILTER (WHERE created_at > :since) AS lately
        FROM hub_discussion WHERE author_id = :author AND repo_id = :repo
      """;
  private static final String GROW =
      """
      UPDATE hub_discussion
         SET event_count = event_count + :events, text_bytes = text_bytes + :bytes
       WHERE id = :id
      """;

  private DiscussionRows() {}

  static boolean isPullAuthor(DbExecute db, long repoId, int num, long userId) {
    return db.createGet(PULL_OF_AUTHOR)
        .addParam("repo", repoId)
        .addParam("num", num)
        .addParam("author", userId)
        .execute()
        .isPresent();
  }

  /** The last number taken, 0 before the first. */
  static int lastNum(DbExecute db, long repoId) {
    return db.createGet(LAST)
        .addParam("repo", repoId)
        .execute()
        .map(row -> intOf(row, "last_num"))
        .orElse(0);
  }

  /** Takes the next number; others wait until the transaction ends, and get it if it fails. */
  static int nextNum(DbTransaction tx, long repoId) {
    return tx.createQuery(NEXT)
        .addParam("repo", repoId)
        .execute()
        .map(row -> intOf(row, "last_num"))
        .toList()
        .getFirst();
  }

  static long insert(
      DbTransaction tx,
      long repoId,
      int num,
      String title,
      Status status,
      boolean isPull,
      long authorId,
      Instant now) {
    return tx.createQuery(INSERT)
        .addParam("repo", repoId)
        .addParam("num", num)
        .addParam("title", title)
        .addParam("status", status.word())
        .addParam("pull", isPull)
        .addParam("author", authorId)
        .addParam("now", time(now))
        .execute()
        .map(row -> longOf(row, "id"))
        .toList()
        .getFirst();
  }

  /** The discussion of this number. */
  static Optional<Discussion> find(DbExecute db, long repoId, int num) {
    return db.createGet(BY_NUMBER)
        .addParam("repo", repoId)
        .addParam("num", num)
        .execute()
        .map(DiscussionRows::discussion);
  }

  /** The discussion of this number, or a 404. */
  static Discussion require(DbExecute db, long repoId, int num) {
    return find(db, repoId, num)
        .orElseThrow(
            () -> new ProblemException(new Missing(Kind.DISCUSSION, Integer.toString(num))));
  }

  /** Locks a discussion until the transaction ends; read it afterwards. */
  static Size lock(DbTransaction tx, long id) {
    return tx.createGet(LOCK)
        .addParam("id", id)
        .execute()
        .map(row -> new Size(intOf(row, "event_count"), longOf(row, "text_bytes")))
        .orElseThrow(() -> new ProblemException(new Missing(Kind.DISCUSSION, "")));
  }

  static void setTitle(DbTransaction tx, long id, String title) {
    tx.createUpdate(TITLE).addParam("title", title).addParam("id", id).execute();
  }

  static void setStatus(DbTransaction tx, long id, Status status) {
    tx.createUpdate(STATUS).addParam("status", status.word()).addParam("id", id).execute();
  }

  /** Lets nobody open anything in the repository until the transaction ends. */
  static void lockNumbers(DbTransaction tx, long repoId) {
    tx.createGet(LOCK_NUMBERS).addParam("repo", repoId).execute();
  }

  static void setPinned(DbTransaction tx, long id, boolean isPinned) {
    tx.createUpdate(PINNED).addParam("pinned", isPinned).addParam("id", id).execute();
  }

  /** Deletes a discussion with all that was said in it; its number stays taken. */
  static void delete(DbTransaction tx, long id) {
    if (tx.createDelete(DELETE).addParam("id", id).execute() == 0) {
      throw new ProblemException(new Missing(Kind.DISCUSSION, ""));
    }
  }

  /** What an author has opened; nobody else opens while the number is locked. */
  static Opened openedBy(DbTransaction tx, long repoId, long authorId, Instant since) {
    return tx.createGet(OPENED)
        .addParam("since", time(since))
        .addParam("author", authorId)
        .addParam("repo", repoId)
        .execute()
        .map(row -> new Opened(longOf(row, "open"), longOf(row, "lately")))
        .orElseThrow();
  }

  /** Counts what was added to a discussion. */
  static void grow(DbTransaction tx, long id, int events, long textBytes) {
    tx.createUpdate(GROW)
        .addParam("events", events)
        .addParam("bytes", textBytes)
        .addParam("id", id)
        .execute();
  }

  static Discussion discussion(DbRow row) {
    return new Discussion(
        longOf(row, "id"),
        intOf(row, "num"),
        textOf(row, "title"),
        Status.of(textOf(row, "status")),
        author(row),
        instantOf(row, "created_at"),
        booleanOf(row, "pinned"),
        optional(row, "base", String.class).map(base -> pull(row, base)));
  }

  /** Who wrote it, in the columns {@code author_id} and {@code author}. */
  static Optional<Author> author(DbRow row) {
    return optional(row, "author", String.class)
        .map(name -> new Author(longOf(row, "author_id"), name));
  }

  private static Pull pull(DbRow row, String base) {
    var head = optional(row, "head", byte[].class).map(ObjectId::fromRaw).orElseThrow();
    var onto = optional(row, "merged_onto", byte[].class).map(ObjectId::fromRaw);
    var commit = optional(row, "merge_commit", byte[].class).map(ObjectId::fromRaw);
    return new Pull(base, head, onto.map(from -> new Merged(from, commit.orElseThrow())));
  }
}
