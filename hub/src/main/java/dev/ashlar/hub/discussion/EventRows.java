package dev.ashlar.hub.discussion;

import static dev.ashlar.metadata.Columns.booleanOf;
import static dev.ashlar.metadata.Columns.instantOf;
import static dev.ashlar.metadata.Columns.longOf;
import static dev.ashlar.metadata.Columns.textOf;
import static dev.ashlar.metadata.Columns.time;

import dev.ashlar.hub.discussion.Event.Comment;
import dev.ashlar.hub.discussion.Event.Note;
import dev.ashlar.hub.discussion.Event.Reaction;
import dev.ashlar.hub.discussion.Event.Version;
import dev.ashlar.web.Json;
import io.helidon.dbclient.DbExecute;
import io.helidon.dbclient.DbRow;
import io.helidon.dbclient.DbTransaction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The tables of events and of the versions of comments. */
final class EventRows {
  private static final String COMMENT = "comment";
  private static final String INSERT =
      """
      INSERT INTO hub_discussion_event (discussion_id, kind, author_id, created_at, detail)
      VALUES (:discussion, :kind, CAST(:author AS bigint), :now, CAST(:detail AS text))
      RETURNING id
      """;
  private static final String INSERT_VERSION =
      """
      INSERT INTO hub_comment_version (event_id, version, author_id, written_at, raw)
      SELECT :event, count(*), :author, :now, :raw FROM hub_comment_version WHERE event_id = :event
      """;
  private static final String HIDE = "UPDATE hub_discussion_event SET hidden = true WHERE id = :id";
  private static final String WIPE = "UPDATE hub_comment_version SET raw = '' WHERE event_id = :id";
  private static final String EVENTS =
      """
      SELECT e.id, e.kind, e.author_id, n.name AS author, e.created_at, e.hidden, e.detail
        FROM hub_discussion_event e LEFT JOIN hub_namespace n ON n.id = e.author_id
       WHERE e.discussion_id = :discussion AND (:event = 0 OR e.id = :event)
       ORDER BY e.id
      """;
  private static final String VERSIONS =
      """
      SELECT v.event_id, v.author_id, n.name AS author, v.written_at, v.raw
        FROM hub_comment_version v
        JOIN hub_discussion_event e ON e.id = v.event_id
        LEFT JOIN hub_namespace n ON n.id = v.author_id
       WHERE e.discussion_id = :discussion AND (:event = 0 OR e.id = :event)
       ORDER BY v.event_id, v.version
      """;

  private EventRows() {}

  /** All events of a discussion in their order. */
  static List<Event> all(DbExecute db, long discussionId) {
    return read(db, discussionId, 0);
  }

  /** One event of a discussion. */
  static Optional<Event> find(DbExecute db, long discussionId, long eventId) {
    return read(db, discussionId, eventId).stream().findFirst();
  }

  private static List<Event> read(DbExecute db, long discussionId, long eventId) {
    Map<Long, List<Version>> versions = new HashMap<>();
    db.createQuery(VERSIONS)
        .addParam("discussion", discussionId)
        .addParam("event", eventId)
        .execute()
        .forEach(
            row ->
                versions
                    .computeIfAbsent(longOf(row, "event_id"), _ -> new ArrayList<>())
                    .add(version(row)));
    var reactions = ReactionRows.read(db, discussionId, eventId);
    return db.createQuery(EVENTS)
        .addParam("discussion", discussionId)
        .addParam("event", eventId)
        .execute()
        .map(row -> event(row, versions, reactions))
        .toList();
  }

  /** Adds a comment of this author. */
  static Event comment(
      DbTransaction tx, long discussionId, long authorId, String raw, Instant now) {
    long id = insert(tx, discussionId, COMMENT, OptionalLong.of(authorId), null, now);
    version(tx, id, authorId, raw, now);
    return find(tx, discussionId, id).orElseThrow();
  }

  /** Adds an event that is no comment; nobody may have caused it. */
  static Event note(
      DbTransaction tx,
      long discussionId,
      String kind,
      OptionalLong authorId,
      Map<String, ?> detail,
      Instant now) {
    var json = new String(Json.write(detail), StandardCharsets.UTF_8);
    long id = insert(tx, discussionId, kind, authorId, json, now);
    return find(tx, discussionId, id).orElseThrow();
  }

  private static long insert(
      DbTransaction tx,
      long discussionId,
      String kind,
      OptionalLong authorId,
      @Nullable String detail,
      Instant now) {
    return tx.createQuery(INSERT)
        .addParam("discussion", discussionId)
        .addParam("kind", kind)
        .addParam("author", authorId.isPresent() ? (Long) authorId.getAsLong() : null)
        .addParam("now", time(now))
        .addParam("detail", detail)
        .execute()
        .map(row -> longOf(row, "id"))
        .toList()
        .getFirst();
  }

  /** Gives a comment another text; the earlier ones stay as its history. */
  static void version(DbTransaction tx, long eventId, long authorId, String raw, Instant now) {
    tx.createInsert(INSERT_VERSION)
        .addParam("event", eventId)
        .addParam("author", authorId)
        .addParam("now", time(now))
        .addParam("raw", raw)
        .execute();
  }

  /** Hides a comment and forgets all that it said, and the reactions to it. */
  static void hide(DbTransaction tx, long eventId) {
    tx.createUpdate(HIDE).addParam("id", eventId).execute();
    tx.createUpdate(WIPE).addParam("id", eventId).execute();
    ReactionRows.clear(tx, eventId);
  }

  private static Version version(DbRow row) {
    return new Version(
        textOf(row, "raw"), instantOf(row, "written_at"), DiscussionRows.author(row));
  }

  private static Event event(
      DbRow row, Map<Long, List<Version>> versions, Map<Long, List<Reaction>> reactions) {
    long id = longOf(row, "id");
    var author = DiscussionRows.author(row);
    var at = instantOf(row, "created_at");
    var kind = textOf(row, "kind");
    return kind.equals(COMMENT)
        ? new Comment(
            id,
            author,
            at,
            booleanOf(row, "hidden"),
            versions.getOrDefault(id, List.of()),
            reactions.getOrDefault(id, List.of()))
        : new Note(id, author, at, kind, textOf(row, "detail"));
  }
}
